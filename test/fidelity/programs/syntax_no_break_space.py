# Invisible characters: no-break space, zero width space, a curly quote.
x = 1 + 2
