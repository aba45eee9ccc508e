# RecursionError in repr, comparison, hashing, json, copying, pickling, iteration, getattr, isinstance.
import copy
import json
import pickle


class Endless:
    def __repr__(self):
        return repr(self)

    def __eq__(self, other):
        return self == other

    def __hash__(self):
        return hash(self)

    def __getattr__(self, name):
        return getattr(self, name)

    def __iter__(self):
        return iter(self)

    def __str__(self):
        return f"{self}"

    def __call__(self):
        return self()

    def __bool__(self):
        return bool(self)


nested = []
for _ in range(100_000):
    nested = [nested]
endless = Endless()
for call in (
    lambda: repr(endless), lambda: endless == 1, lambda: {endless}, lambda: endless.name, lambda: list(endless), lambda: str(endless),
    lambda: endless(), lambda: bool(endless), lambda: repr(nested), lambda: json.dumps(nested), lambda: copy.deepcopy(nested), lambda: pickle.dumps(nested),
    lambda: nested == copy.copy(nested) and nested == [nested[0]], lambda: eval("(" * 150 + ")" * 150), lambda: eval("-" * 100_000 + "1"), lambda: eval("[" * 90 + "]" * 90),
):
    try:
        print(type(call()).__name__)
    except (RecursionError, MemoryError, SyntaxError) as error:
        print(type(error).__name__, error)
while nested:
    nested = nested[0]
