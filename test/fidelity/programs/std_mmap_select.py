# mmap of files, select and selectors on pipes, socketpair, os.pipe, fcntl.
import fcntl
import mmap
import os
import select
import selectors
import socket

with open("mapped.bin", "w+b") as file:
    file.write(b"0123456789" * 1000)
    file.flush()
    with mmap.mmap(file.fileno(), 0) as mapped:
        mapped[0:4] = b"abcd"
        print(mapped.find(b"9012"), mapped.size(), mapped[:6], len(mapped))
        mapped.flush()
        mapped.resize(20)
print(open("mapped.bin", "rb").read(), len(mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)))
reading, writing = os.pipe()
print(select.select([reading], [writing], [], 0) == ([], [writing], []))
os.write(writing, b"x")
poller = select.poll()
poller.register(reading, select.POLLIN)
print(poller.poll(0) == [(reading, select.POLLIN)], fcntl.fcntl(reading, fcntl.F_GETFL) & os.O_NONBLOCK)
one, two = socket.socketpair()
with selectors.DefaultSelector() as selector:
    selector.register(one, selectors.EVENT_READ, "one")
    two.sendall(b"hello")
    print([(key.data, key.fileobj.recv(10)) for key, _ in selector.select(1)], type(selector).__name__)
one.close()
try:
    two.send(b"x")
except BrokenPipeError as error:
    print(error)
os.close(reading)
os.write(writing, b"nobody reads")
