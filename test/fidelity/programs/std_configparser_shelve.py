# configparser, shelve, dbm, tomllib: small stores in the working directory.
import configparser
import os
import shelve
import sys
import tomllib

config = configparser.ConfigParser()
config.read_string("[DEFAULT]\nroot = /srv\n[site]\npath = %(root)s/www\nport = 8080\ndebug = yes\nlist =\n  a\n  b\n")
print(config["site"]["path"], config.getint("site", "port"), config["site"].getboolean("debug"), config["site"]["list"].split())
config["new"] = {"key": "value"}
config.write(sys.stdout)
with shelve.open("store") as store:
    store["numbers"] = [1, 2, 3]
    store["nested"] = {"a": (1, None)}
with shelve.open("store", writeback=True) as store:
    store["numbers"].append(4)
with shelve.open("store", "r") as store:
    print(sorted(store.items()))
print(len([name for name in os.listdir() if name.startswith("store")]) > 0)
print(tomllib.loads('title = "t"\n[a.b]\nn = [1, 2.5, true]\nwhen = 2024-02-29\n'))
config.get("site", "nothing")
