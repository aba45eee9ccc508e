# f-strings: nesting, conversions, formats, debugging, braces, several lines.
from datetime import date

width, precision, value, name = 12, 3, 3.14159265, "wörld"
print(f"{value:{width}.{precision}f}|{name!r:>10}|{name!a}|{{literal}}|{'nested ' + f'{1 + 1}'}")
print(f"{value = :.2f} {name=} {width * 2 = } {name.upper() = !s}")
print(f"{date(2024, 2, 29):%d.%m.%Y} {1000000:,} {255:x} {True:d} {'':-^10}")
print(f"""{
    value
    :>10.1f}
end""", rf"\d{width}", f"{'a' if width else 'b'}", f"{(lambda x: x * 2)(4)}")
print(f"{[n for n in range(3)]} {dict(a=1)['a']} {width!s:0>5}", "%s {}" % 1, "{0}{1}{0}".format("a", "b"))
print(f"{value:{'>' + str(width)}}", f"{None}", f"{object}", f"\u00e9{'é'}")
print(f"{name:d}")
