# attack: every number that no one knows, now or one day
# expect: status=ok stdout=contained
# expect: status=signal signal=SIGSYS
# expect: status=denied signal=SIGKILL
# use: helpers
# needs: allow_list
first = 337  # 335 and 336, uretprobe and uprobe, end any caller but the kernel's own by SIGILL
for wanted in [*range(first, 387), *range(470, 1024), 2**31 - 1, -1]:
    refused(wanted, 0, 0, 0, 0, 0, 0)
contained()
