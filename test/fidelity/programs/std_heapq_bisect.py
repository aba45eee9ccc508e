# heapq and bisect: a priority queue, merges, sorted insertion.
import bisect
import heapq

heap = [5, 1, 8, 3, 9, 2]
heapq.heapify(heap)
heapq.heappush(heap, 4)
print(heap, heapq.heappushpop(heap, 0), heapq.heapreplace(heap, 7))
print([heapq.heappop(heap) for _ in range(len(heap))])
print(list(heapq.merge([1, 4, 7], [2, 5], [3])), heapq.nlargest(2, "python"), heapq.nsmallest(2, [3, -1, 2], key=abs))
tasks = [(2, "b"), (1, "z"), (2, "a")]
heapq.heapify(tasks)
print([heapq.heappop(tasks) for _ in range(3)])
grades = [33, 99, 77, 70, 89, 90, 100]
print(["FDCBA"[bisect.bisect([60, 70, 80, 90], grade)] for grade in grades])
ordered = [1, 3, 3, 5]
bisect.insort(ordered, 4)
print(ordered, bisect.bisect_left(ordered, 3), bisect.bisect_right(ordered, 3))
print(bisect.bisect([(1, "a"), (2, "b")], 1, key=lambda pair: pair[0]))
heapq.heappop([])
