# attack: unix sockets with a file
# expect: status=ok stdout=contained
# use: helpers
import socket
for path in ("/tmp/trap.sock", "/run/docker.sock", "/run/containerd/containerd.sock", "/dev/log", "/run/systemd/notify"):
    def reach():
        with socket.socket(socket.AF_UNIX) as peer:
            peer.connect(path)
    fails(path, reach)
contained()
