# input() at the end of the file, uncaught, with a prompt.
name = input("name: ")
