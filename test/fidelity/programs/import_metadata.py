# importlib.metadata: a distribution of one's own, a missing one.
import importlib.metadata as metadata
import os

os.mkdir("own-1.5.dist-info")
with open("own-1.5.dist-info/METADATA", "w") as file:
    file.write("Metadata-Version: 2.1\nName: own\nVersion: 1.5\nRequires-Dist: other (>=2)\nSummary: A thing\n")
with open("own-1.5.dist-info/entry_points.txt", "w") as file:
    file.write("[console_scripts]\nown = own.cli:main\n")
with open("own-1.5.dist-info/RECORD", "w") as file:
    file.write("own.py,,\n")
print(metadata.version("own"), metadata.requires("own"), metadata.metadata("own")["Summary"])
print([(entry.name, entry.value) for entry in metadata.distribution("own").entry_points], metadata.files("own"))
print(sorted({found.metadata["Name"] for found in metadata.distributions() if found.metadata["Name"] in ("own", "pip")}))
metadata.version("missing")
