# A large integer in full: forty thousand digits need the limit raised.
import sys

print(sys.get_int_max_str_digits())
sys.set_int_max_str_digits(0)
print(3**83000)
