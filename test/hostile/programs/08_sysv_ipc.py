# attack: System V memory, semaphores and queues
# expect: status=ok stdout=contained
# use: helpers
# repeat: 2
refused("shmget", 0x1234, 4096, 0o1666)
refused("semget", 0x1234, 1, 0o1666)
refused("msgget", 0x1234, 0o1666)
contained()
