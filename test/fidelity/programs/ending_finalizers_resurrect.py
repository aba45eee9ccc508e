# Finalizers that raise the dead, make new ones, print errors, import, read the source.
class Undead:
    lives = 0

    def __del__(self):
        Undead.lives += 1
        print("dies", Undead.lives)
        kept.append(self)


class Importer:
    def __del__(self):
        import colorsys

        print(colorsys.__name__, len(open("main.py").read()) > 100)


class Spawner:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("spawner", self.n)
        if self.n:
            globals()["next_one"] = Spawner(self.n - 1)


kept = []
Undead()
print(len(kept))
kept.clear()
spawner = Spawner(2)
importer = Importer()
undead = Undead()
