# Form feeds and odd blanks between statements.
x = 1

def f():
    return x

print(f(), "" in open(__file__).read())
   
	
f().y
