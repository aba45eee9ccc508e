# An expression in an f-string over several lines.
x = f"""{
  1 +
}"""
