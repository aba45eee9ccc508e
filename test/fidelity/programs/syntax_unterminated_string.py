# A string without its end, beyond ASCII before it.
grüße = "hällo
print(grüße)
