# attack: the numbers of x32
# expect: status=signal signal=SIGSYS
# expect: status=denied
# expect: status=ok stdout=contained
# use: helpers
# machine: x86_64
for wanted in (39, 57, 41, 520, 514):
    result = call(0x40000000 + wanted, 0, 0, 0)
    if result >= 0:
        escaped("x32 call %d gave %d" % (wanted, result))
contained()
