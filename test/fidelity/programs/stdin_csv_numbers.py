# A typical exercise: numbers from standard input.
# stdin: "4\n3 1 2\n10 20\n\n7\n"
import fileinput

n, *rows = [list(map(int, line.split())) for line in fileinput.input()]
print(n, rows, sum(map(sum, rows)))
