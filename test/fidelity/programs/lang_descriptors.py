# Descriptors: data and non-data, __set_name__, properties, slots, attribute hooks.
class Positive:
    def __set_name__(self, owner, name):
        self.name = "_" + name
        print("named", owner.__name__, name)

    def __get__(self, instance, owner):
        return self if instance is None else getattr(instance, self.name)

    def __set__(self, instance, value):
        if value <= 0:
            raise ValueError(f"{self.name[1:]} must be positive")
        setattr(instance, self.name, value)


class Account:
    balance = Positive()
    __slots__ = ("_balance", "owner")

    def __init__(self, owner, balance):
        self.owner, self.balance = owner, balance

    @property
    def doubled(self):
        return self.balance * 2

    @doubled.setter
    def doubled(self, value):
        self.balance = value / 2

    @doubled.deleter
    def doubled(self):
        print("deleted")


account = Account("Ada", 10)
account.doubled = 50
del account.doubled
print(account.balance, account.doubled, type(Account.balance).__name__)


class Dynamic:
    def __getattr__(self, name):
        return f"made {name}"

    def __setattr__(self, name, value):
        super().__setattr__(name.lower(), value)

    def __delattr__(self, name):
        print("del", name)

    def __dir__(self):
        return ["only"]


dynamic = Dynamic()
dynamic.LOUD = 1
del dynamic.anything
print(dynamic.loud, dynamic.other, dir(dynamic), vars(dynamic))
for attempt in (lambda: setattr(account, "extra", 1), lambda: setattr(account, "balance", -1), lambda: account.missing):
    try:
        attempt()
    except (AttributeError, ValueError) as error:
        print(type(error).__name__, error)
Account("Bob", 0)
