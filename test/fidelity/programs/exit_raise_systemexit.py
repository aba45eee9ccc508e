# raise SystemExit, a subclass of it, and builtin exit().
class Leave(SystemExit):
    pass


for attempt in (lambda: exit(), lambda: quit(2), lambda: (_ for _ in ()).throw(SystemExit("x"))):
    try:
        attempt()
    except SystemExit as error:
        print(repr(error.code))
raise Leave(9)
