# re: groups, substitution, look-around, flags, the scanner, and a broken pattern.
import re

log = "2024-02-29 ERROR [db] timeout=30ms; 2024-03-01 INFO [ui] ok=1"
for match in re.finditer(r"(?P<date>\d{4}-\d\d-\d\d) (?P<level>[A-Z]+) \[(\w+)\]", log):
    print(match.groupdict(), match[3], match.span())
print(re.sub(r"(\w+)=(\d+)", lambda m: f"{m[1]}={int(m[2]) * 2}", log))
print(re.findall(r"(?<=\[)\w+(?=\])", log))
print(re.split(r"[;,\s]+", "a, b;c  d"))
print(re.match(r"(?x) (\d+) # digits\n \s* (\w)?", "12 ").groups())
print(re.fullmatch(r"[äöü]+", "ÄÖÜ", re.IGNORECASE))
print(re.compile(r"a+?b*", re.M | re.S))
print(re.escape("1+1=2?"))
try:
    re.compile("(unclosed[")
except re.error as error:
    print(error, error.pos, error.lineno)
