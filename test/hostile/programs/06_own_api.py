# attack: asks the server to run it again, and so on
# expect: status=ok stdout=contained denied>=socket
# use: helpers
import json, urllib.request
body = json.dumps({"code": "print('ESCAPED')"}).encode()
for url in ("http://127.0.0.1:6000/py/eval", "http://localhost:5000/python"):
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    fails(url, lambda: urllib.request.urlopen(request, timeout=2).read())
contained()
