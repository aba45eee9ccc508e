# Tabs alone are fine.
if True:
	for n in range(2):
		print(n,	"tab")
	missing	+ 1
