# Two statements on a line, a keyword as a name.
class = 5
