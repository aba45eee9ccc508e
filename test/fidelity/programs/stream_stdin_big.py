# A program that reads numbers until the end, twice: the second time there is nothing.
# stdin: "5\n1 2 3 4 5\n3\n7 8 9\n"
import sys
from fileinput import input as lines

count = int(input())
print(sum(map(int, input().split())), count)
for line in lines():
    print(line.split(), end=";")
print(sys.stdin.read() == "", open(0, closefd=False).read() == "")
int(input())
