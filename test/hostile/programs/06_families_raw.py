# attack: every socket family there is
# expect: status=ok stdout=contained denied>=socket
# use: helpers
for family in range(0, 48):
    for kind in (1, 2, 3, 5):
        refused("socket", family, kind, 0)
contained()
