# attack: handles page faults itself, which makes races in the kernel easy
# expect: status=ok stdout=contained
# use: helpers
for flags in (0, 1, 0o2000000, 0o4000):
    refused("userfaultfd", flags)
fails("/dev/userfaultfd", lambda: open("/dev/userfaultfd", "rb"))
contained()
