# attack: old and rare calls, in which holes are found
# expect: status=ok stdout=contained
# use: helpers
# needs: allow_list
for name in ("lookup_dcookie", "remap_file_pages", "mbind", "set_mempolicy", "uselib", "vmsplice", "adjtimex"):
    refused(name, 0, 0, 0, 0, 0, 0)
contained()
