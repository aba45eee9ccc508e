# attack: mounts, the old way and the new
# expect: status=ok stdout=contained denied>=mount
# use: helpers
import ctypes
def text(word):
    kept.append(ctypes.create_string_buffer(word))
    return ctypes.addressof(kept[-1])
kept = []
refused("mount", text(b"none"), text(b"/"), text(b"tmpfs"), 0, 0)
refused("mount", text(b"/"), text(b"."), 0, 4096, 0)
refused("umount2", text(b"/proc"), 2)
refused("open_tree", -100, text(b"/"), 1)
refused("move_mount", -100, text(b"/"), -100, text(b"."), 0)
refused("fsopen", text(b"tmpfs"), 0)
refused("fsconfig", -1, 0, 0, 0, 0)
refused("fsmount", -1, 0, 0)
refused("fspick", -100, text(b"/"), 0)
refused("mount_setattr", -100, text(b"/"), 0, text(b"x" * 32), 32)
contained()
