# attack: an exit code that means a signal to a shell
# expect: status=error exit=137 signal=none limit=none
raise SystemExit(137)
