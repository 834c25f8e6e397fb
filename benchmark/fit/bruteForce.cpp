// Best known sums of squares of the fit bench, by many random starts in long double arithmetic. Shares no code with the
// package. Build and run from the root of the repository (a list of series can be continued: give writeSeries.mjs the
// first index that is missing, and append):
//
//   g++ -O3 -o ./bruteForce benchmark/fit/bruteForce.cpp
//   node benchmark/fit/writeSeries.mjs 0 360 2025 | ./bruteForce 20 > benchmark/fit/optima-2025.txt
//   node benchmark/fit/writeSeries.mjs 0 360 2026 | ./bruteForce 20 > benchmark/fit/optima-2026.txt
//   node benchmark/fit/writeSeries.mjs 0 360 2027 | ./bruteForce 20 > benchmark/fit/optima-2027.txt
//
// Input: for each series one line "index n x1 y1 … xn yn". Output: "index SSE1 SSE2 SSE3 SSE4" for K = 1 … 4 terms with
// non-negative coefficients and rates in [0.01/x_max, 10/x_min]. The argument is the number of starts for K = 1; K terms
// get K² times as many, half of them uniform in the log rates, half the best K-term mixture so far or the best of K − 1
// terms and a random rate, with log rates shifted by up to one.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <random>
#include <sstream>
#include <string>
#include <vector>
typedef long double real;

static const int MOST_POINTS = 32, MOST_TERMS = 4;
static int n;
static real x[MOST_POINTS], y[MOST_POINTS];

// A mixture with its residual and an orthonormal basis of the constant and the columns in use.
struct Mixture {
  int m = 0;
  real theta[MOST_TERMS], beta[MOST_TERMS], rest[MOST_POINTS], loss = -1;
  int size = 0;
  real q[MOST_TERMS + 1][MOST_POINTS];
};

static real dot(const real* a, const real* b) {
  real s = 0;
  for (int i = 0; i < n; i++) s += a[i] * b[i];
  return s;
}

// v minus its projection on the basis, twice; the coefficients are added to c.
static void project(const Mixture& f, real* v, real* c) {
  for (int twice = 0; twice < 2; twice++)
    for (int k = 0; k < f.size; k++) {
      real s = dot(f.q[k], v);
      c[k] += s;
      for (int i = 0; i < n; i++) v[i] -= s * f.q[k][i];
    }
}

// Least squares of y on 1 and those columns that the mask names, by modified Gram-Schmidt.
static void solve(Mixture& f, const real columns[][MOST_POINTS], int mask) {
  real r[MOST_TERMS + 1][MOST_TERMS + 1] = {}, c[MOST_TERMS + 1] = {};
  int of[MOST_TERMS + 1];
  f.size = 0;
  for (int j = -1; j < f.m; j++) {
    if (j >= 0 && !(mask >> j & 1)) continue;
    real* q = f.q[f.size];
    real coefficients[MOST_TERMS + 1] = {};
    for (int i = 0; i < n; i++) q[i] = j < 0 ? 1 : columns[j][i];
    project(f, q, coefficients);
    real s = sqrtl(dot(q, q));
    for (int k = 0; k < f.size; k++) r[k][f.size] = coefficients[k];
    if (s > 1e-16L) for (int i = 0; i < n; i++) q[i] /= s;
    else { s = 0; for (int i = 0; i < n; i++) q[i] = 0; }
    r[f.size][f.size] = s;
    of[f.size++] = j;
  }
  for (int i = 0; i < n; i++) f.rest[i] = y[i];
  project(f, f.rest, c);
  real z[MOST_TERMS + 1];
  for (int j = 0; j < f.m; j++) f.beta[j] = 0;
  for (int j = f.size - 1; j >= 0; j--) {
    real s = c[j];
    for (int k = j + 1; k < f.size; k++) s -= r[j][k] * z[k];
    z[j] = r[j][j] > 0 ? s / r[j][j] : 0;
    if (of[j] >= 0) f.beta[of[j]] = z[j];
  }
  f.loss = dot(f.rest, f.rest);
}

static bool grows(const Mixture& f) {
  for (int j = 0; j < f.m; j++) if (!(f.beta[j] >= 0)) return false;
  return true;
}

// The best beta >= 0 for the rates of f: the best over all subsets whose solution is non-negative.
static void evaluate(Mixture& f) {
  static real columns[MOST_TERMS][MOST_POINTS];
  for (int j = 0; j < f.m; j++)
    for (int i = 0; i < n; i++) columns[j][i] = -expm1l(-expl(f.theta[j]) * (x[i] - x[0]));
  int all = (1 << f.m) - 1;
  solve(f, columns, all);
  if (grows(f)) return;
  real best = -1;
  int chosen = 0;
  for (int mask = 0; mask < all; mask++) {
    solve(f, columns, mask);
    if (grows(f) && (best < 0 || f.loss < best)) { best = f.loss; chosen = mask; }
  }
  solve(f, columns, chosen);
}

// Levenberg-Marquardt in theta, with Kaufman's Jacobian of the projected residual: −β_j·φ'_j less its projection.
static Mixture descend(Mixture f, real low, real high) {
  int m = f.m;
  evaluate(f);
  real mu = 1e-2L;
  for (int iteration = 0; iteration < 200; iteration++) {
    real jacobian[MOST_TERMS][MOST_POINTS];
    for (int j = 0; j < m; j++) {
      real k = expl(f.theta[j]), ignored[MOST_TERMS + 1] = {};
      for (int i = 0; i < n; i++) {
        real e = k * (x[i] - x[0]);
        jacobian[j][i] = -f.beta[j] * e * expl(-e);
      }
      project(f, jacobian[j], ignored);
    }
    bool improved = false;
    real gain = 0;
    for (int attempt = 0; attempt < 14 && !improved; attempt++) {
      real a[MOST_TERMS][MOST_TERMS + 1], step[MOST_TERMS];
      for (int j = 0; j < m; j++) {
        for (int k = 0; k < m; k++) a[j][k] = dot(jacobian[j], jacobian[k]);
        a[j][m] = -dot(jacobian[j], f.rest);
        // A rate held at an end of the range by a gradient that points out of it stays there.
        bool held = (f.theta[j] <= low && a[j][m] < 0) || (f.theta[j] >= high && a[j][m] > 0);
        if (held) { for (int k = 0; k < m; k++) a[j][k] = 0; a[j][m] = 0; a[j][j] = 1; }
        a[j][j] += mu * a[j][j];
        if (a[j][j] == 0) a[j][j] = 1;
      }
      for (int j = 0; j < m; j++) for (int k = j + 1; k < m; k++) {
        real factor = a[k][j] / a[j][j];
        for (int l = j; l <= m; l++) a[k][l] -= factor * a[j][l];
      }
      Mixture next;
      next.m = m;
      for (int j = m - 1; j >= 0; j--) {
        real s = a[j][m];
        for (int k = j + 1; k < m; k++) s -= a[j][k] * step[k];
        step[j] = s / a[j][j];
        if (!(fabsl(step[j]) < 2)) step[j] = step[j] > 0 ? 2 : -2;
        next.theta[j] = fminl(high, fmaxl(low, f.theta[j] + step[j]));
      }
      evaluate(next);
      if (next.loss < f.loss) {
        improved = true;
        gain = f.loss - next.loss;
        f = next;
        mu = fmaxl(mu / 5, 1e-16L);
      } else mu = mu * 6 + 1e-14L;
    }
    if (!improved || gain < 1e-11L * f.loss || f.loss < 1e-28L) break;
  }
  return f;
}

int main(int argc, char** argv) {
  int starts = argc > 1 ? atoi(argv[1]) : 20;
  std::string line;
  while (std::getline(std::cin, line)) {
    std::istringstream in(line);
    int index;
    in >> index >> n;
    if (n > MOST_POINTS) return 1;
    for (int i = 0; i < n; i++) { double a, b; in >> a >> b; x[i] = a; y[i] = b; }
    real low = logl(0.01L / x[n - 1]), high = logl(10 / x[0]);
    std::mt19937_64 random(12345 + index);
    std::uniform_real_distribution<double> uniform(0, 1);
    auto anywhere = [&]() { return low + (high - low) * (real)uniform(random); };
    printf("%d", index);
    Mixture before;
    for (int terms = 1; terms <= MOST_TERMS && 2 * terms + 1 <= n; terms++) {
      Mixture best = before;
      for (int start = 0; start < starts * terms * terms; start++) {
        Mixture f;
        f.m = terms;
        for (int j = 0; j < terms; j++) f.theta[j] = anywhere();
        if (start % 2 == 1 && best.loss >= 0) {
          const Mixture& near = start % 4 == 1 && before.loss >= 0 ? before : best;
          for (int j = 0; j < near.m; j++)
            f.theta[j] = fminl(high, fmaxl(low, near.theta[j] + 2 * (real)uniform(random) - 1));
        }
        Mixture end = descend(f, low, high);
        if (best.loss < 0 || end.loss < best.loss) best = end;
      }
      before = best;
      printf(" %.21Le", best.loss);
    }
    printf("\n");
    fflush(stdout);
  }
}
