# base64, binascii, quopri, urllib.parse: bytes as text.
import base64
import binascii
import quopri
import urllib.parse

data = bytes(range(0, 256, 17))
for encode in (base64.b64encode, base64.urlsafe_b64encode, base64.b32encode, base64.b16encode, base64.b85encode, base64.a85encode):
    print(encode.__name__, encode(data).decode())
print(base64.b64decode("aGk="), base64.b64decode("a G\nk=", validate=False), binascii.hexlify(b"hi", ":"))
print(quopri.encodestring("grün = 1".encode()), binascii.crc_hqx(b"abc", 0))
print(urllib.parse.quote("a b/ü?"), urllib.parse.parse_qs("a=1&a=2&b=%C3%BC"), urllib.parse.urljoin("http://h/a/b", "../c"))
print(urllib.parse.urlsplit("https://user@example.org:8443/p?q#f"))
try:
    base64.b64decode("abc")
except binascii.Error as error:
    print(error)
