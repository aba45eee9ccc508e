# Odds and ends: uuid5, pprint, difflib, shlex, html, xml, ast, dis, colorsys, types, ipaddress.
import ast
import colorsys
import difflib
import dis
import html
import ipaddress
import pprint
import shlex
import types
import uuid
import xml.etree.ElementTree as tree

print(uuid.uuid5(uuid.NAMESPACE_DNS, "example.org"), uuid.UUID(int=5))
pprint.pprint({"long key " * 3: list(range(30)), "b": {"nested": [{"x": "y" * 40}] * 2}}, width=60)
print("\n".join(difflib.unified_diff(["a", "b"], ["a", "c"], lineterm="")), difflib.get_close_matches("appel", ["ape", "apple"]))
print(shlex.split("a 'b c' \"d\\\"e\" f\\ g"), shlex.quote("it's"), html.escape("<a & 'b'>"), html.unescape("&eacute;&#33;"))
root = tree.fromstring("<r><i n='1'>x</i><i n='2'/></r>")
print([(e.tag, e.attrib, e.text) for e in root.iter()], tree.tostring(root))
print(ast.dump(ast.parse("x = 1 + y", mode="exec"), indent=1), ast.literal_eval("{'a': (1, 2)}"), ast.unparse(ast.parse("if a:b")))
dis.dis(compile("a + 1", "<s>", "eval"))
print(colorsys.rgb_to_hsv(0.2, 0.4, 0.4), types.SimpleNamespace(b=1, a=2), list(ipaddress.ip_network("10.0.0.0/30").hosts()))
tree.fromstring("<a><b></a>")
