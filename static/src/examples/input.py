"""Counts the words of its standard input, which stands below the program."""

import sys
from collections import Counter

words = sys.stdin.read().lower().split()
for word, count in Counter(words).most_common(5):
    print(f"{word:<10}{'█' * count} {count}")
