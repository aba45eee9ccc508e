# Files in the working directory: modes, encodings, seeking, appending, errors, listing.
import os

with open("data.txt", "w", encoding="utf-8", newline="") as file:
    print(file.write("ä1\r\nline 2\n"), file.tell(), file.writable(), file.readable())
with open("data.txt", encoding="utf-8") as file:
    print(file.readlines(), file.newlines)
with open("data.txt", "rb+") as file:
    file.seek(-2, os.SEEK_END)
    file.write(b"!")
    file.seek(0)
    print(file.read())
with open("data.txt", "a") as file:
    print("appended", file=file)
print(os.path.getsize("data.txt"), sorted(os.listdir(".")), os.access("data.txt", os.R_OK), os.stat("data.txt").st_nlink)
os.mkdir("folder")
os.replace("data.txt", "folder/moved.txt")
print([entry.name for entry in os.scandir("folder") if entry.is_file()], os.path.exists("data.txt"))
for bad in (lambda: open("folder/moved.txt", "x"), lambda: open("folder"), lambda: open("x", "rw"), lambda: open("nope", "rb"), lambda: os.rmdir("folder"), lambda: open("f\0")):
    try:
        bad()
    except Exception as error:
        print(type(error).__name__, error)
leaked = open("leaked.txt", "w")
leaked.write("flushed by its end")
open("folder/missing/file.txt", "w")
