# attack: the machine itself
# expect: status=ok stdout=contained
# use: helpers
refused("init_module", 0, 0, 0)
refused("finit_module", 0, 0, 0)
refused("kexec_load", 0, 0, 0, 0)
refused("kexec_file_load", 0, 0, 0, 0, 0)
refused("reboot", 0, 0, 0, 0)
refused("swapon", 0, 0)
refused("acct", 0)
refused("syslog", 3, 0, 0)
refused("quotactl", 0, 0, 0, 0)
refused("vhangup")
contained()
