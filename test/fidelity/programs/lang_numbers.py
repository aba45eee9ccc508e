# Complex numbers, big integers, float reprs, rounding, bases, bits.
print((1 + 2j) * (3 - 1j), abs(3 + 4j), (1j) ** 2, complex("1-2j").conjugate(), 2j / 3, complex(1, -0.0))
print(2**200, -(7**77) // 3, (-7) % 3, -7 // 2, 7 % -3, divmod(-7, 2), pow(3, 10**18, 1000007), pow(38, -1, mod=97))
print(0.1 + 0.2, 1e16 + 1, 1.0, 1e22, 1e23, 5e-324, 1.7976931348623157e308 * 10, -0.0, float("nan"), 123456789.123456789)
print(round(0.5), round(1.5), round(2.675, 2), round(-2.5), round(1234.5, -2), round(12345, -2), int(-3.9), int("0x1f", 16), int("1_000"))
print(bin(-10), oct(64), hex(255), 0b101 & 0o7 | 0x8 ^ 3, ~5, 1 << 70 >> 68, (255).bit_length(), (10).bit_count(), (1023).to_bytes(3, "big"))
print((0.1).as_integer_ratio(), (0.1).hex(), float.fromhex("0x1.8p1"), (3.0).is_integer(), 10**400 > 1e308, 2**53 == 2.0**53 + 1)
print(1 == 1.0 == True, hash(1) == hash(1.0), 3 < 2 < 1 / 1, 0.1 + 0.1 + 0.1 == 0.3, sum([0.1] * 3), True + True, 7 / 2, 7 // 2.0)
for bad in (lambda: 1 / 0, lambda: 1.0 % 0, lambda: 0 ** -1, lambda: 2.0**10000, lambda: int("12a"), lambda: int("9" * 5000), lambda: 1 < 1j):
    try:
        bad()
    except Exception as error:
        print(type(error).__name__, error)
print(float(10**400))
