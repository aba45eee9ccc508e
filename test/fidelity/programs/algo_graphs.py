# Algorithms: breadth and depth first, shortest paths, union find, a grid with walls.
import heapq
from collections import deque

graph = {"a": {"b": 7, "c": 3}, "b": {"d": 2}, "c": {"b": 1, "d": 8}, "d": {}}
distance, queue = {}, [(0, "a")]
while queue:
    cost, node = heapq.heappop(queue)
    if node not in distance:
        distance[node] = cost
        for neighbour, weight in graph[node].items():
            heapq.heappush(queue, (cost + weight, neighbour))
print(distance)
grid = ["S.#.", "..#E", "#...", "...."]
cells = {(r, c): v for r, row in enumerate(grid) for c, v in enumerate(row) if v != "#"}
start, end = (next(k for k, v in cells.items() if v == mark) for mark in "SE")
seen, frontier = {start: None}, deque([start])
while frontier:
    r, c = frontier.popleft()
    for step in ((r + 1, c), (r, c + 1), (r - 1, c), (r, c - 1)):
        if step in cells and step not in seen:
            seen[step] = (r, c)
            frontier.append(step)
path = [end]
while path[-1] != start:
    path.append(seen[path[-1]])
print(len(path), path[::-1])
parent = list(range(6))


def find(n):
    while parent[n] != n:
        parent[n] = n = parent[parent[n]]
    return n


for a, b in ((0, 1), (2, 3), (1, 3)):
    parent[find(a)] = find(b)
print(len({find(n) for n in range(6)}), find(0) == find(2), find(4) == find(5))
