# attack: asks for files that aren't its own
# expect: http=400
# expect: status=ok stdout=contained files=none
# request: {"files_out": ["../*", "/etc/passwd", "**/../../*", "../../../tmp/canary"]}
# needs: files
print("contained")
