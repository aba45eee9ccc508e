# attack: takes hold of another process
# expect: status=ok stdout=contained denied>=ptrace
# use: helpers
TRACEME, ATTACH, SEIZE = 0, 16, 0x4206
for pid in processes():
    refused("ptrace", ATTACH, pid, 0, 0)
    refused("ptrace", SEIZE, pid, 0, 0)
refused("ptrace", TRACEME, 0, 0, 0)
contained()
