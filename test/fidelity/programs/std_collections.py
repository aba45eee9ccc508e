# collections: Counter, deque, defaultdict, namedtuple, OrderedDict, ChainMap.
from collections import ChainMap, Counter, OrderedDict, UserDict, defaultdict, deque, namedtuple

count = Counter("mississippi")
print(count, count.most_common(2), count["z"], sorted(count.elements()))
print(count - Counter("sip"), count & Counter("sss"), +Counter(a=1, b=-1))
window = deque(range(5), maxlen=3)
window.appendleft(9)
window.rotate(1)
print(window, list(reversed(window)))
groups = defaultdict(list)
for word in "one two three four five six".split():
    groups[len(word)].append(word)
print(groups)
Point = namedtuple("Point", "x y", defaults=[0])
print(Point(1), Point(1, 2)._replace(y=5)._asdict(), Point._fields)
ordered = OrderedDict(a=1, b=2, c=3)
ordered.move_to_end("a")
print(ordered, ordered.popitem(last=False))
chain = ChainMap({"a": 1}, {"a": 2, "b": 3})
print(chain["a"], chain["b"], dict(chain), chain.parents)


class Lower(UserDict):
    def __setitem__(self, key, value):
        super().__setitem__(key.lower(), value)


print(Lower(A=1, B=2))
