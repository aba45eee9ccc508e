# hashlib, hmac, zlib's checksums: digests of known input.
import hashlib
import hmac
import zlib

for name in ("md5", "sha1", "sha256", "sha3_224", "blake2s"):
    print(name, hashlib.new(name, b"playground").hexdigest())
digest = hashlib.sha512()
for part in (b"play", b"ground"):
    digest.update(part)
print(digest.hexdigest() == hashlib.sha512(b"playground").hexdigest(), digest.block_size)
print(hashlib.blake2b(b"x", digest_size=8, key=b"k", salt=b"s").hexdigest(), hashlib.shake_128(b"").hexdigest(4))
print(hashlib.pbkdf2_hmac("sha256", b"pw", b"salt", 10).hex(), hashlib.scrypt(b"p", salt=b"s", n=4, r=1, p=1, dklen=8).hex())
print(hmac.new(b"key", b"message", "sha256").hexdigest(), hmac.compare_digest("a", "a"))
print(zlib.crc32(b"123456789"), zlib.adler32(b"123456789"), len(hashlib.algorithms_guaranteed) > 10)
hashlib.new("md17")
