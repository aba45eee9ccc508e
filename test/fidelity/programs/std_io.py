# io: text over bytes, newline translation, seeking, buffering.
import io

raw = io.BytesIO()
text = io.TextIOWrapper(raw, "utf-16-le", newline="\r\n", write_through=True)
text.write("é\nb")
print(raw.getvalue(), text.encoding, text.newlines)
print(io.TextIOWrapper(io.BytesIO(b"a\r\nb\rc\n"), newline=None).readlines())
print(io.TextIOWrapper(io.BytesIO(b"a\r\nb\rc\n"), newline="").readlines())
print(io.StringIO("one\ntwo\n").read(5), io.BytesIO(b"abc").readinto(bytearray(2)))
buffer = io.BufferedReader(io.BytesIO(b"0123456789"), 4)
print(buffer.peek(2)[:2], buffer.read1(3), buffer.read(2), buffer.seek(-1, 2), buffer.read())
stream = io.StringIO()
print("to", "memory", sep="-", end="!", file=stream)
print(repr(stream.getvalue()), stream.tell(), stream.truncate(3), stream.getvalue())
stream.close()
for bad in (lambda: stream.read(), lambda: io.BytesIO(b"\xff").read().decode(), lambda: io.StringIO().fileno(), lambda: raw.write("s")):
    try:
        bad()
    except Exception as error:
        print(type(error).__name__, error)
