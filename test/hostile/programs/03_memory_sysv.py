# attack: System V shared memory
# expect: status=ok stdout=contained
# use: helpers
refused("shmget", 0, 1 << 30, 0o1600)
contained()
