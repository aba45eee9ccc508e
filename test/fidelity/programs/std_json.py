# json: round trips, separators, sorted keys, hooks, and the errors of bad input.
import json
from decimal import Decimal

value = {"b": [1, 2.5, None, True], "a": {"ü": "\u2028", "emoji": "🎈"}, "n": 10**20}
text = json.dumps(value, sort_keys=True)
print(text)
print(json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True))
print(json.dumps([1, {"x": 2}], separators=(",", ":")))
print(json.loads(text) == value)
print(json.loads("[1.10, 2]", parse_float=Decimal))
print(json.loads('{"a": 1, "a": 2}', object_pairs_hook=list))
for bad in ('{"a": }', "[1, 2", "nul", '"\t"', "[1] x"):
    try:
        json.loads(bad)
    except json.JSONDecodeError as error:
        print(repr(bad), "->", error)
try:
    json.dumps({1, 2})
except TypeError as error:
    print(error)
print(json.dumps([float("inf"), float("nan")]))
