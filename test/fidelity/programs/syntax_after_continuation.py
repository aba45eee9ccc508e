# A continuation character followed by something.
x = 1 + \ 2
