# attack: guesses what OpenSSL, uuid and secrets give
# expect: status=ok fresh=stdout
# repeat: 4
import secrets, ssl, uuid
print(ssl.RAND_bytes(8).hex(), uuid.uuid4(), secrets.token_hex(8))
