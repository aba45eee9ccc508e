# attack: memory that the kernel hides from whoever counts it
# expect: status=ok stdout=contained
# use: helpers
refused("memfd_secret", 0)
contained()
