# attack: the modules that read sources
# expect: status=ok stdout=contained
# use: helpers
# needs: landlock
import linecache, tokenize
if linecache.getlines("/tmp/canary") or linecache.getlines("/etc/passwd"):
    escaped("linecache")
fails("tokenize", lambda: tokenize.open("/etc/passwd").read())
contained()
