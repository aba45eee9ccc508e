# attack: every number that no one knows, now or one day
# expect: status=ok stdout=contained
# expect: status=signal signal=SIGSYS
# use: helpers
# needs: allow_list
for wanted in [*range(335, 387), *range(470, 1024), 2**31 - 1, -1]:
    refused(wanted, 0, 0, 0, 0, 0, 0)
contained()
