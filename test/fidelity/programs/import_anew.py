# What is removed from sys.modules is executed anew; None there is an error.
import json
import sys

json.marker = json.decoder.marker = 1
del sys.modules["json"]
import json as again

print(again is json, hasattr(again, "marker"), hasattr(again.decoder, "marker"))
sys.modules["typing"] = None
try:
    import typing
except ImportError as error:
    print(error)
del sys.modules["typing"]
import typing

print(typing.List[int])
first = sys.modules.pop("re")
import re
import string

print(first is re, first.compile("a") is re.compile("a"), string.Template("$a").substitute(a=1))
