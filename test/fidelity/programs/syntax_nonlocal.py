# nonlocal, global, await, yield, star where they may not stand: found by the compiler.
def f():
    nonlocal missing
