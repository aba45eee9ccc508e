# attack: takes an abstract name, so that the next one finds it taken
# expect: status=ok stdout=contained
# use: helpers
# repeat: 2
import socket
def take():
    with socket.socket(socket.AF_UNIX) as peer:
        peer.bind("\0left-for-the-next")
fails("a name", take)
contained()
