# string and textwrap: templates, formatters, wrapping.
import string
import textwrap

print(string.Template("$who owes ${what} $$5").substitute(who="Ada", what="Bob"))
print(string.Template("$a $b").safe_substitute(a=1), string.capwords("hello  big world"))
print(string.ascii_letters, string.digits, repr(string.whitespace))
print(string.Formatter().vformat("{0[1]} {x.imag} {0[0]!r:>5}", ["ab"], {"x": 2j}))
text = "The quick brown fox jumps over the lazy dog, which was extraordinarily-long-winded about it."
print(textwrap.fill(text, 30, initial_indent="* ", subsequent_indent="  "))
print(textwrap.shorten(text, 40, placeholder=" …"), textwrap.wrap("aaaa bbbbbbbbbbbb", 5))
print(textwrap.dedent("""\
    one
      two

    three"""))
print(textwrap.indent("a\n\nb", "> "))
string.Template("$missing").substitute()
