# copy and pickle: shared and deep copies, classes of __main__, what can't be pickled.
import copy
import pickle
import pickletools


class Node:
    def __init__(self, name, children=()):
        self.name, self.children = name, list(children)

    def __repr__(self):
        return f"Node({self.name!r}, {len(self.children)})"

    def __getstate__(self):
        return {"name": self.name.upper(), "children": self.children}


class Reduced:
    def __reduce__(self):
        return (sorted, ([3, 1, 2],))


leaf = Node("leaf")
root = Node("root", [leaf, leaf])
root.children.append(root)
for protocol in (0, 2, 5):
    twin = pickle.loads(pickle.dumps(root, protocol))
    print(twin, twin.children[0] is twin.children[1], twin.children[2] is twin, twin.children[0].name)
print(pickle.loads(pickle.dumps(Reduced())), pickle.loads(pickle.dumps(Node)) is Node, Node.__module__)
shallow, deep = copy.copy([leaf, [1]]), copy.deepcopy([leaf, [1], leaf])
print(shallow[0] is leaf, deep[0] is leaf, deep[0] is deep[2])
pickletools.dis(pickle.dumps((1, "a"), 0))
try:
    pickle.loads(b"cos\nnothing\n.")
except AttributeError as error:
    print(error)
with open("root.pickle", "wb") as file:
    pickle.dump(root, file)
with open("root.pickle", "rb") as file:
    print(pickle.load(file))
pickle.dumps(pickle)
