# attack: more files than a reply should hold
# expect: status=ok stdout=contained
# expect: status=disk limit=disk
# expect: status=output limit=output
# request: {"files_out": true}
# needs: files
for n in range(12):
    open("f%d" % n, "wb").write(bytes(1_000_000))
print("contained")
