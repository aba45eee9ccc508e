# attack: a readable file of someone else's in /tmp
# expect: status=ok stdout=contained
# use: helpers
# needs: landlock
fails("/tmp/canary", lambda: print(open("/tmp/canary").read()))
contained()
