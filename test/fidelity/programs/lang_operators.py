# Operator overloading: arithmetic, reflected, in place, comparison, containers, calls, contexts.
class Vector:
    def __init__(self, *parts):
        self.parts = parts

    def __repr__(self):
        return f"Vector{self.parts}"

    def __add__(self, other):
        return Vector(*(a + b for a, b in zip(self.parts, other.parts, strict=True))) if isinstance(other, Vector) else NotImplemented

    def __mul__(self, by):
        return Vector(*(a * by for a in self.parts))

    __rmul__ = __mul__

    def __matmul__(self, other):
        return sum(a * b for a, b in zip(self.parts, other.parts))

    def __neg__(self):
        return self * -1

    def __iadd__(self, other):
        print("in place")
        self.parts = (self + other).parts
        return self

    def __eq__(self, other):
        return self.parts == other.parts

    def __lt__(self, other):
        return self @ self < other @ other

    def __getitem__(self, key):
        return Vector(*self.parts[key]) if isinstance(key, slice) else self.parts[key]

    def __len__(self):
        return len(self.parts)

    def __contains__(self, value):
        return value in self.parts

    def __bool__(self):
        return any(self.parts)

    def __call__(self, n):
        return self[n]

    def __format__(self, spec):
        return "<" + ", ".join(format(a, spec) for a in self.parts) + ">"

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        print("exit", kind and kind.__name__)
        return kind is IndexError

    def __index__(self):
        return self.parts[0]


v, w = Vector(1, 2), Vector(3, 4)
print(v + w, v * 3, 3 * v, v @ w, -v, v < w, v > w, v == Vector(1, 2), v != w, v[0], w[:1], len(v), 2 in v, bool(Vector(0)), v(1))
v += w
print(v, f"{w:.1f}", [10, 20, 30, 40, 50][Vector(3)], max(v, w), list(v), *w)
with v as entered:
    entered[9]
try:
    hash(v)
except TypeError as error:
    print(error)
v + 1
