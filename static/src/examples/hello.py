from sys import version

name = "world"
python = version.split()[0]

print(f"Hello, {name}!")
print("I am Python", python)
