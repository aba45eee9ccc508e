# input(): prompts go to stdout, the line's end is dropped; then the end of file.
# stdin: "Ada\n36\nlast line without end"
name = input("name? ")
age = int(input("age? "))
print(f"{name} is {age}")
print(repr(input()))
input("more? ")
