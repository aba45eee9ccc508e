# csv: dialects, quoting, dictionaries, embedded newlines; "\r\n" on standard output.
import csv
import io
import sys

text = 'name,quote\r\nAda,"says ""hi"", twice"\r\nBob,"two\nlines"\r\n'
rows = list(csv.DictReader(io.StringIO(text, newline="")))
print(rows)
writer = csv.DictWriter(sys.stdout, ["name", "quote"], quoting=csv.QUOTE_ALL)
writer.writeheader()
writer.writerows(rows)
csv.writer(sys.stdout, delimiter=";", lineterminator="\n").writerow([1, None, 2.5, "a;b", 'c"d'])
print(list(csv.reader(["a|b|'c|d'"], delimiter="|", quotechar="'")))
print(csv.Sniffer().sniff("a;b;c\n1;2;3\n").delimiter, csv.list_dialects())
print(list(csv.reader(["1,2,x"], quoting=csv.QUOTE_NONNUMERIC)))
