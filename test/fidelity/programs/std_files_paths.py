# pathlib, shutil, glob, zipfile, tarfile, tempfile in the working directory; what is left there.
import glob
import os
import pathlib
import shutil
import stat
import tarfile
import tempfile
import zipfile

here = pathlib.Path.cwd()
print(here == pathlib.Path(__file__).parent, pathlib.Path.home() == here, tempfile.gettempdir() == str(here), os.listdir())
(here / "a/b").mkdir(parents=True)
(here / "a/b/c.txt").write_text("text\n")
(here / "a/link").symlink_to("b/c.txt")
print(sorted(str(path.relative_to(here)) for path in here.rglob("*")), (here / "a/link").read_text())
print(oct(stat.S_IMODE(os.stat("a").st_mode)), oct(stat.S_IMODE(os.stat("a/b/c.txt").st_mode)), oct(stat.S_IMODE(os.stat("main.py").st_mode)))
shutil.make_archive("packed", "gztar", "a")
shutil.copytree("a", "copy", symlinks=True)
with zipfile.ZipFile("z.zip", "w", zipfile.ZIP_DEFLATED) as archive:
    archive.write("a/b/c.txt")
print(zipfile.ZipFile("z.zip").namelist(), sorted(tarfile.open("packed.tar.gz").getnames()), sorted(glob.glob("**/*.txt", recursive=True)))
with tempfile.TemporaryDirectory() as folder, tempfile.NamedTemporaryFile("w", dir=folder) as file:
    print(os.path.commonpath([folder, here]) == str(here), os.path.basename(folder).startswith("tmp"), oct(stat.S_IMODE(os.stat(file.name).st_mode)))
shutil.rmtree("copy")
os.chmod("a/b/c.txt", 0o400)
print(os.access("a/b/c.txt", os.R_OK), sorted(os.listdir()), os.path.expanduser("~") == str(here), shutil.which("no-such-program"))
shutil.rmtree("missing")
