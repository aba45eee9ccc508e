import json
from dataclasses import asdict, dataclass


@dataclass
class Item:
    name: str
    price: float
    count: int = 1


items = [Item("apple", 0.5, 4), Item("pear", 0.75), Item("plum", 0.25, 12)]
text = json.dumps([asdict(item) for item in items], sort_keys=True)
back = [Item(**fields) for fields in json.loads(text)]
print(back == items, sum(item.price * item.count for item in back))
