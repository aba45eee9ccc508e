# attack: types into the terminal of whoever started the server
# expect: status=ok stdout=contained
# use: helpers
import fcntl, os, termios
TIOCLINUX = 0x541C
for fd in (0, 1, 2):
    for command in (termios.TIOCSTI, (1 << 32) | termios.TIOCSTI):
        refused("ioctl", fd, command, 0)
    result = call("ioctl", fd, TIOCLINUX, 0)
    if result >= 0:
        escaped("TIOCLINUX")
    fails("TIOCSCTTY", lambda: fcntl.ioctl(fd, termios.TIOCSCTTY, 1))
fails("/dev/tty", lambda: os.open("/dev/tty", os.O_RDWR))
fails("/dev/ptmx", lambda: os.open("/dev/ptmx", os.O_RDWR))
contained()
