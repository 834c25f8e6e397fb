"""The rule-first spectrum of a graph with what Python users have: networkx or igraph, and the tree walk in Python.

    peers.py FILE networkx|igraph|betweenness SOURCES

FILE as for textbook.c. Printed: CPU seconds over the first SOURCES sources, reachable pairs, sum of squared sizes.
`betweenness` is igraph's compiled routine, over all sources.
"""

import array
import sys
import time


def read(path):
    words = array.array("I")
    with open(path, "rb") as file:
        words.frombytes(file.read())
    size, links = words[0], words[1]
    offsets = words[2 : size + 3]
    targets = words[size + 3 :]
    return size, [(x, targets[i]) for x in range(size) for i in range(offsets[x], offsets[x + 1])]


def sizes(order, parent, depth):
    size = dict.fromkeys(order, 1)
    total = 0
    for v in reversed(order[1:]):
        size[parent[v]] += size[v]
        if depth[v] > 1:
            total += size[v] ** 2
    return total


def networkx_rows(size, edges, sources):
    import networkx

    graph = networkx.DiGraph()
    graph.add_nodes_from(range(size))
    graph.add_edges_from(edges)
    start = time.process_time()
    reachable = squares = 0
    for source in range(sources):
        order, parent, depth = [source], {source: source}, {source: 0}
        for u, v in networkx.bfs_edges(graph, source):
            order.append(v)
            parent[v] = u
            depth[v] = depth[u] + 1
        reachable += len(order) - 1
        squares += sizes(order, parent, depth)
    return time.process_time() - start, reachable, squares


def igraph_rows(size, edges, sources):
    import igraph

    graph = igraph.Graph(size, edges, directed=True)
    start = time.process_time()
    reachable = squares = 0
    for source in range(sources):
        order, _, parent = graph.bfs(source, mode="out")
        depth = {source: 0}
        for v in order[1:]:
            depth[v] = depth[parent[v]] + 1
        reachable += len(order) - 1
        squares += sizes(order, parent, depth)
    return time.process_time() - start, reachable, squares


def igraph_betweenness(size, edges, _):
    import igraph

    graph = igraph.Graph(size, edges, directed=True)
    start = time.process_time()
    total = sum(graph.betweenness())
    return time.process_time() - start, total, 0


if __name__ == "__main__":
    task = {"networkx": networkx_rows, "igraph": igraph_rows, "betweenness": igraph_betweenness}[sys.argv[2]]
    print(*task(*read(sys.argv[1]), int(sys.argv[3])))
