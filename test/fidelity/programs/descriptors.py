# Which descriptors a program holds: its three, and none of the server's.
import os

held = []
for number in range(256):
    try:
        os.fstat(number)
        held.append(number)
    except OSError as error:
        assert error.errno == 9
print(held, [os.get_inheritable(number) for number in held])
print(os.dup(1), open("main.py").fileno())
