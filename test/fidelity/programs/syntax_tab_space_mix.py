# Tabs and spaces mixed, in a block.
if True:
    one = 1
	two = 2
