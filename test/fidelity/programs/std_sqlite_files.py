# sqlite3 in memory and in a file: transactions, threads, functions, a backup, errors, a connection left open.
import sqlite3

with sqlite3.connect("data.db") as connection:
    connection.execute("create table t (n integer primary key, name text unique)")
    connection.executemany("insert into t (name) values (?)", [("one",), ("two",)])
other = sqlite3.connect("data.db", timeout=0)
other.row_factory = sqlite3.Row
print([dict(row) for row in other.execute("select * from t order by n desc")])
connection.create_function("double", 1, lambda n: n * 2)
connection.create_aggregate("joined", 1, type("Joined", (), {"__init__": lambda self: setattr(self, "all", []), "step": lambda self, v: self.all.append(v), "finalize": lambda self: "+".join(self.all)}))
print(connection.execute("select double(n), (select joined(name) from t) from t").fetchall())
connection.execute("begin immediate")
for statement in ("insert into t (name) values ('three')", "select nothing from nowhere", "insert into t (n, name) values (1, 'x')"):
    try:
        other.execute(statement)
    except sqlite3.Error as error:
        print(type(error).__name__, error)
connection.rollback()
memory = sqlite3.connect(":memory:")
connection.backup(memory)
print(memory.execute("select count(*) from t").fetchone(), memory.in_transaction, memory.total_changes)
print(list(memory.iterdump())[1])
memory.execute("insert into t (name) values ('lost')")
memory.execute("select * from t where n = ?")
