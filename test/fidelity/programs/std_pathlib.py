# pathlib and os: files and folders below the working directory.
import os
import shutil
from pathlib import Path, PurePosixPath

here = Path(".")
print(sorted(path.name for path in here.iterdir()))
tree = here / "a" / "b"
tree.mkdir(parents=True)
(tree / "x.txt").write_text("héllo\n", encoding="utf-8")
(tree / "y.tar.gz").write_bytes(b"\0\1")
print(sorted(str(path) for path in here.rglob("*")), (tree / "x.txt").stat().st_size)
print([(root, sorted(dirs), sorted(files)) for root, dirs, files in os.walk("a")])
target = (tree / "x.txt").rename(here / "moved.txt")
print(target, target.read_text(encoding="utf-8"), target.exists(), (tree / "x.txt").exists())
pure = PurePosixPath("/usr/lib/../x.tar.gz")
print(pure.parts, pure.suffixes, pure.stem, pure.with_suffix(".zip"), pure.is_relative_to("/usr"), PurePosixPath("a/b").joinpath("/c"))
print(Path.cwd() == Path(__file__).parent, Path.home() == Path.cwd(), os.environ["TMPDIR"] == os.getcwd())
os.chdir("a")
print(Path.cwd().name, os.listdir())
os.chdir("..")
shutil.rmtree("a")
target.unlink()
for bad in (lambda: Path("nope").read_text(), lambda: Path("main.py/x").read_text(), lambda: Path("d/e").mkdir()):
    try:
        bad()
    except OSError as error:
        print(type(error).__name__, error)
