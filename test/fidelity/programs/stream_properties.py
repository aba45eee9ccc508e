# What the three streams are: modes, buffers, encodings, descriptors, sizes.
import io
import os
import stat
import sys

for stream in (sys.stdin, sys.stdout, sys.stderr):
    print(stream, stream.fileno(), stream.isatty(), stream.encoding, stream.errors, stream.line_buffering, stream.write_through, stream.newlines, stream.readable(), stream.writable(), stream.seekable(), stream.closed)
    print(type(stream.buffer).__name__, stream.buffer.raw.mode, stream.buffer.name, type(stream.buffer.raw).__name__, stream.buffer.raw.closefd, stream._CHUNK_SIZE)
    print(stat.S_IFMT(os.fstat(stream.fileno()).st_mode) == stat.S_IFIFO, os.get_blocking(stream.fileno()), os.get_inheritable(stream.fileno()))
print(io.DEFAULT_BUFFER_SIZE, io.text_encoding(None), os.device_encoding(0), os.device_encoding(1))
for call in (lambda: sys.stdout.tell(), lambda: sys.stdout.seek(0), lambda: sys.stdin.write("x"), lambda: sys.stdout.read(), lambda: sys.stdout.buffer.tell(), lambda: sys.stdout.truncate(), lambda: os.ttyname(0), lambda: os.get_terminal_size(), lambda: os.lseek(1, 0, 0)):
    try:
        print(call())
    except (OSError, io.UnsupportedOperation) as error:
        print(type(error).__name__, error)
