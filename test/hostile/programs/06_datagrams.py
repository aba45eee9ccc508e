# attack: a packet that needs no connection
# expect: status=ok stdout=contained denied>=socket
# use: helpers
import socket
def send():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.sendto(b"secret", ("127.0.0.1", 18053))
fails("a datagram", send)
contained()
