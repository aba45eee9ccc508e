# Found by the compiler, not by the parser.
x = 1
return x
