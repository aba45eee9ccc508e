# zipimport: modules and a __main__ from an archive, their tracebacks.
import sys
import zipfile
import zipimport

with zipfile.ZipFile("bundle.zip", "w") as bundle:
    bundle.writestr("inside.py", "def fail():\n    return 1 / 0\n\nNAME = __name__\n")
    bundle.writestr("pack/__init__.py", "from . import deep\n")
    bundle.writestr("pack/deep.py", "HERE = __spec__.name\n")
    bundle.writestr("pack/data.txt", "data")
sys.path.insert(0, "bundle.zip")
import inside
import pack

print(inside.NAME, pack.deep.HERE, type(inside.__loader__).__name__, inside.__file__.endswith("bundle.zip/inside.py"))
importer = zipimport.zipimporter("bundle.zip")
print(importer.is_package("pack"), importer.get_source("inside").count("\n"), importer.get_data("pack/data.txt"))
try:
    zipimport.zipimporter("main.py")
except zipimport.ZipImportError as error:
    print(str(error).replace(sys.argv[0], "MAIN"))
inside.fail()
