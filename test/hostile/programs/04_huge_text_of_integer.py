# attack: the digits of an integer, the limit on which is lifted
# expect: status=timeout limit=wall
# request: {"timeout_ms": 300}
import sys
sys.set_int_max_str_digits(0)
str(1 << 20_000_000)
