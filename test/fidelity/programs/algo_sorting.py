# Algorithms: quicksort, mergesort, stable sorting by several keys.
import random


def quicksort(items):
    if len(items) < 2:
        return items
    pivot, *rest = items
    return quicksort([n for n in rest if n < pivot]) + [pivot] + quicksort([n for n in rest if n >= pivot])


def mergesort(items):
    if len(items) < 2:
        return items
    middle = len(items) // 2
    left, right, merged = mergesort(items[:middle]), mergesort(items[middle:]), []
    while left and right:
        merged.append((left if left[0] <= right[0] else right).pop(0))
    return merged + left + right


random.seed(7)
numbers = [random.randrange(1000) for _ in range(300)]
print(quicksort(numbers) == mergesort(numbers) == sorted(numbers), quicksort(numbers)[:10])
people = [("Ada", 36), ("Bob", 30), ("Cyd", 36), ("Dan", 30)]
print(sorted(people, key=lambda p: (-p[1], p[0])), min(people, key=lambda p: p[1]), sorted("bca", key=str.upper))
sorted([1, "a"])
