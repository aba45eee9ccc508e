# tempfile: files and folders that go away by themselves.
import os
import tempfile
from pathlib import Path

print(tempfile.gettempdir() == os.getcwd())
with tempfile.TemporaryDirectory() as folder:
    print(os.path.dirname(folder) == os.getcwd(), os.path.basename(folder).startswith("tmp"))
    Path(folder, "inner").write_text("x")
print(os.path.exists(folder))
with tempfile.NamedTemporaryFile("w+", suffix=".txt") as file:
    file.write("text")
    file.seek(0)
    print(file.read(), os.path.exists(file.name), file.name.endswith(".txt"))
print(os.path.exists(file.name))
with tempfile.TemporaryFile() as file:
    file.write(b"gone")
    print(file.tell())
with tempfile.SpooledTemporaryFile(max_size=4) as file:
    file.write(b"12345678")
    file.seek(2)
    print(file.read(3))
handle, path = tempfile.mkstemp()
os.write(handle, b"kept")
os.close(handle)
print(oct(os.stat(path).st_mode & 0o777), os.path.getsize(path))
os.remove(path)
