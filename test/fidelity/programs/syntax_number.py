# A number that is none.
x = 0777 + 1__0
