# input(): prompts go to stdout when it is no terminal, even unflushed; the end of the file; replaced streams.
# stdin: "first\r\nsecond\n\nümläut\nlast without end"
import io
import sys

print("unflushed ", end="")
print(repr(input("prompt> ")))
print(repr(input()), repr(input("")), repr(input("ü? ")))
sys.stderr.write("between\n")
print(repr(input(5)))
try:
    input("none left> ")
except EOFError as error:
    print(repr(error))
sys.stdin = io.StringIO("replaced\n")
print(input("again> "))
sys.stdout = io.StringIO()
sys.stdin = io.StringIO("two\n")
said = input("to the buffer> ")
caught, sys.stdout = sys.stdout.getvalue(), sys.__stdout__
print(repr(caught), said)
sys.stdin = None
input("without stdin")
