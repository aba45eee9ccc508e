# attack: byte code that no compiler makes
# expect: status=signal|error|ok
# request: {"timeout_ms": 2000}
def f(): pass
f.__code__ = f.__code__.replace(co_code=bytes([100, 255, 83, 0]) * 4, co_stacksize=0)
f()
