# attack: somebody else's port on the same machine
# expect: status=ok stdout=contained denied>=socket
# use: helpers
import socket
for family, address in ((socket.AF_INET, ("127.0.0.1", 18080)), (socket.AF_INET6, ("::1", 18080, 0, 0))):
    def reach():
        with socket.socket(family, socket.SOCK_STREAM) as peer:
            peer.settimeout(1)
            peer.connect(address)
    fails(str(address), reach)
contained()
