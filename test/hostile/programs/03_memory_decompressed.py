# attack: a bomb in a few kilobytes
# expect: status=memory limit=memory
# expect: status=error stderr~MemoryError
# expect: status=timeout limit=cpu
import zlib
packer = zlib.compressobj(9)
bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(400)) + packer.flush()
zlib.decompress(bomb)
