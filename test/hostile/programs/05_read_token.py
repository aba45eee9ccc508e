# attack: the token of the pod's service account
# expect: status=ok stdout=contained
# use: helpers
# needs: landlock
import glob
for path in ("/var/run/secrets/kubernetes.io/serviceaccount/token", "/run/secrets/kubernetes.io/serviceaccount/token"):
    fails(path, lambda: print(open(path).read()))
for path in glob.glob("/run/secrets/**", recursive=True):
    fails(path, lambda: print(open(path).read()))
contained()
