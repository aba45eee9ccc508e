# Typographic quotes, as pasted from a document.
print(“hello”)
