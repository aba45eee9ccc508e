# globals().clear() as the last thing; names gone; an error afterwards.
class Last:
    def __del__(self):
        print("last one")


last = Last()
keep_print = print
globals().clear()
print("builtins are still there")
missing
