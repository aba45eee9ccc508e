# A triple-quoted string that runs to the end of the file.
x = 1
text = """never
closed
