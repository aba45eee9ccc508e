# argparse: sub-commands, types, choices, help of the program by its name.
# args: ["--level", "3", "add", "x", "y", "--tag=a", "--tag", "b"]
import argparse

parser = argparse.ArgumentParser(description="Manages things.", epilog="That is all.")
parser.add_argument("--level", type=int, choices=range(5), default=1, help="how much (default: %(default)s)")
parser.add_argument("-v", "--verbose", action="count", default=0)
commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
add = commands.add_parser("add", help="adds names")
add.add_argument("names", nargs="+")
add.add_argument("--tag", action="append", default=[])
print(parser.parse_args())
print(parser.parse_args(["-vv", "add", "n"]))
print(parser.format_usage(), end="")
parser.parse_args(["--help"])
