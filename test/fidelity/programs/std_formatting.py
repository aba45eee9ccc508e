# Formats that do not depend on a locale: grouping, padding, calendars, percent.
import calendar
import locale

print(f"{1234567.891:,.2f} {1234567:_} {255:#x} {255:08b} {-3:+d} {0.000123:e} {1e21:g} {0.5:.1%}")
print("{:*^11}|{:<5}|{:>5}|{:=+6d}".format("mid", "l", "r", 42), f"{'é':>3}|{'日本':^6}|")
print("%5.2f|%-6s|%+d|%o|%x|%r|%c|%%" % (3.14159, "ab", 5, 8, 255, "q", 65))
print(f"{3.0} {1e16} {1e15} {123456789012345678} {1 / 3} {2 ** 0.5!r} {float('nan')} {-0.0}")
print(calendar.month(2024, 2), calendar.day_name[0], calendar.isleap(1900))
print(locale.setlocale(locale.LC_CTYPE), locale.getpreferredencoding(), locale.localeconv()["decimal_point"])
print(f"{10:n} {1234.5:n}", "ß".upper(), "İ".lower().encode(), sorted("äaZzÄ"))
print(format(1234, "q"))
