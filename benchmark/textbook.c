/*
 * The exact rate spectrum of a graph as a textbook has it: for each source a breadth-first search with a queue, a
 * distance and a parent array, and one sweep in reverse order. It is the practical limit that `npm run benchmark`
 * compares with.
 *
 *   textbook FILE first|uniform
 *
 * FILE holds 32-bit words: V, E, V + 1 offsets, E targets. Printed: CPU seconds, reachable pairs, sum of distances and
 * sum of squared sizes over pairs at distance 2 or more.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static uint32_t V, E, *offsets, *targets;
static uint32_t *queue, *parent, *size;
static int32_t *distance;
static double *paths, *dependency;
static uint64_t *counts, reachable;
static double distances, squares;

static void first(uint32_t source) {
  for (uint32_t v = 0; v < V; v++) distance[v] = -1;
  uint32_t reached = 1;
  queue[0] = source;
  distance[source] = 0;
  size[source] = 1;
  for (uint32_t next = 0; next < reached; next++) {
    uint32_t u = queue[next];
    for (uint32_t link = offsets[u]; link < offsets[u + 1]; link++) {
      uint32_t v = targets[link];
      if (distance[v] >= 0) continue;
      distance[v] = distance[u] + 1;
      parent[v] = u;
      size[v] = 1;
      queue[reached++] = v;
    }
  }
  for (uint32_t last = reached - 1; last > 0; last--) {
    uint32_t v = queue[last];
    size[parent[v]] += size[v];
    if (distance[v] > 1) counts[size[v]]++;
  }
  reachable += reached - 1;
}

/* Sizes into bins of relative width 2^-10, as the package keeps them: that many numbers cannot be kept one by one. */
static void count(double s) {
  uint64_t bits;
  memcpy(&bits, &s, 8);
  counts[(bits >> 42) - (1023ull << 10)]++;
}

static void uniform(uint32_t source) {
  for (uint32_t v = 0; v < V; v++) distance[v] = -1;
  uint32_t reached = 1;
  queue[0] = source;
  distance[source] = 0;
  paths[source] = 1;
  for (uint32_t next = 0; next < reached; next++) {
    uint32_t u = queue[next];
    for (uint32_t link = offsets[u]; link < offsets[u + 1]; link++) {
      uint32_t v = targets[link];
      if (distance[v] < 0) {
        distance[v] = distance[u] + 1;
        paths[v] = 0;
        queue[reached++] = v;
      }
      if (distance[v] == distance[u] + 1) paths[v] += paths[u];
    }
  }
  for (uint32_t last = reached - 1; last > 0; last--) {
    uint32_t v = queue[last];
    double behind = 0;
    for (uint32_t link = offsets[v]; link < offsets[v + 1]; link++) {
      uint32_t w = targets[link];
      if (distance[w] == distance[v] + 1) behind += (1 + dependency[w]) / paths[w];
    }
    dependency[v] = paths[v] * behind;
    if (distance[v] > 1) {
      count(1 + dependency[v]);
      squares += (1 + dependency[v]) * (1 + dependency[v]);
    }
    distances += distance[v];
  }
  reachable += reached - 1;
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  FILE *file = fopen(argv[1], "rb");
  if (!file || fread(&V, 4, 1, file) != 1 || fread(&E, 4, 1, file) != 1) return 1;
  offsets = malloc(4 * (V + 1ul));
  targets = malloc(4 * (E + 1ul));
  if (fread(offsets, 4, V + 1, file) != V + 1 || fread(targets, 4, E, file) != E) return 1;
  fclose(file);
  queue = malloc(4 * (V + 1ul));
  parent = malloc(4 * (V + 1ul));
  size = malloc(4 * (V + 1ul));
  distance = malloc(4 * (V + 1ul));
  paths = malloc(8 * (V + 1ul));
  dependency = malloc(8 * (V + 1ul));
  counts = calloc(V + 65536ul, 8);
  int isFirst = strcmp(argv[2], "first") == 0;
  clock_t start = clock();
  for (uint32_t source = 0; source < V; source++) isFirst ? first(source) : uniform(source);
  double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
  if (isFirst) {
    distances = (double)reachable;
    for (uint64_t s = 1; s <= V; s++) {
      distances += (double)s * counts[s];
      squares += (double)s * s * counts[s];
    }
  }
  printf("%.6f %llu %.0f %.17g\n", seconds, (unsigned long long)reachable, distances, squares);
  return 0;
}
