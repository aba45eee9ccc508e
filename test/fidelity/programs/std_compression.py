# zlib, gzip, bz2, lzma, zipfile, tarfile: there and back.
import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib

data = b"playground " * 1000
for module, options in ((zlib, {}), (gzip, {"mtime": 0}), (bz2, {}), (lzma, {"preset": 0})):
    packed = module.compress(data, **options)
    print(module.__name__, module.decompress(packed) == data, len(packed) < len(data) // 10)
stream = zlib.decompressobj()
packed = zlib.compress(data)
print(stream.decompress(packed, 5), len(stream.unconsumed_tail) > 0, stream.eof)
with zipfile.ZipFile("a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
    archive.writestr("x/y.txt", "hello")
    archive.write("main.py")
with zipfile.ZipFile("a.zip") as archive:
    print(archive.namelist(), archive.read("x/y.txt"), archive.testzip())
memory = io.BytesIO()
with tarfile.open(fileobj=memory, mode="w:gz") as archive:
    info = tarfile.TarInfo("t.txt")
    info.size = 3
    archive.addfile(info, io.BytesIO(b"abc"))
memory.seek(0)
with tarfile.open(fileobj=memory) as archive:
    print(archive.getnames(), archive.extractfile("t.txt").read())
zlib.decompress(b"not compressed")
