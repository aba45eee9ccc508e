# A deep traceback: repeated lines are counted, mutual recursion is cut by hand.
def down(n):
    if n == 0:
        raise ValueError("bottom")
    down(n - 1)


def ping(n):
    return pong(n - 1) if n else 1 / n


def pong(n):
    return ping(n - 1) if n else 1 % n


try:
    ping(6)
except ZeroDivisionError as error:
    print(error)
    depth, trace = 0, error.__traceback__
    while trace:
        depth, trace = depth + 1, trace.tb_next
    print(depth)
down(50)
