# attack: the cloud's metadata
# expect: status=ok stdout=contained
# use: helpers
import urllib.request
for url in ("http://169.254.169.254/computeMetadata/v1/", "http://169.254.169.254/latest/meta-data/",
            "http://169.254.169.254/metadata/instance?api-version=2021-02-01"):
    request = urllib.request.Request(url, headers={"Metadata-Flavor": "Google", "Metadata": "true"})
    fails(url, lambda: urllib.request.urlopen(request, timeout=1).read())
contained()
