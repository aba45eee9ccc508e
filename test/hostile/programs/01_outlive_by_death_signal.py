# attack: takes back that it dies with its parent, and lets others look into it
# expect: status=ok stdout=contained
# use: helpers
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_PTRACER, PR_SET_CHILD_SUBREAPER = 1, 4, 0x59616D61, 36
refused("prctl", PR_SET_PDEATHSIG, 0, 0, 0, 0)
refused("prctl", PR_SET_DUMPABLE, 1, 0, 0, 0)
refused("prctl", PR_SET_PTRACER, -1, 0, 0, 0)
refused("prctl", (1 << 32) + PR_SET_DUMPABLE, 1, 0, 0, 0)
contained()
