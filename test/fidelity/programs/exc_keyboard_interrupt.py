# KeyboardInterrupt that is not caught: a traceback, then the program dies of SIGINT.
print("before")
raise KeyboardInterrupt("by hand")
