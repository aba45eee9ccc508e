# sqlite3: a database in a file and in memory, transactions, errors.
import sqlite3

connection = sqlite3.connect("shop.db")
connection.executescript("""
    create table item (id integer primary key, name text unique, price real);
    create table sold (item integer references item, amount integer);
""")
with connection:
    connection.executemany("insert into item (name, price) values (?, ?)", [("pen", 1.5), ("ink", 7.25), ("pad", 3)])
    connection.executemany("insert into sold values (:item, :amount)", [{"item": 1, "amount": 4}, {"item": 2, "amount": 1}, {"item": 1, "amount": 2}])
connection.row_factory = sqlite3.Row
query = "select name, sum(amount) as n, total(amount * price) as total from item left join sold on id = item group by id order by total desc"
for row in connection.execute(query):
    print(dict(row))
try:
    with connection:
        connection.execute("delete from item")
        connection.execute("insert into item (id) values (1), (1)")
except sqlite3.IntegrityError as error:
    print(error, connection.execute("select count(*) from item").fetchone()[0])
connection.create_function("shout", 1, lambda text: text.upper() + "!")
print(connection.execute("select shout(name) from item where price > ?", (2,)).fetchall()[0][0])
connection.close()
print(sqlite3.connect("shop.db").execute("select max(price) from item").fetchone())
print(sqlite3.connect(":memory:").execute("with recursive n(x) as (select 1 union all select x * 2 from n where x < 100) select group_concat(x) from n").fetchone())
sqlite3.connect(":memory:").execute("selekt 1")
