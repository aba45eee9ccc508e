# Standard input that the program never reads.
# stdin: "nobody reads this\n"
print("done")
