// Best known sums of squares of the fit bench, by many random starts in long double arithmetic. Shares no code with the
// package. Build and run from the root of the repository:
//
//   g++ -O2 -o ./bruteForce benchmark/fit/bruteForce.cpp
//   node benchmark/fit/writeSeries.mjs | ./bruteForce 80 > benchmark/fit/optima.txt
//
// Input: for each series one line "index n x1 y1 … xn yn". Output: "index SSE1 SSE2 SSE3 SSE4" for K = 1 … 4 terms with
// non-negative coefficients and rates in [0.01/x_max, 10/x_min]. The argument is the number of starts for K = 1; K terms
// get K² times as many.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <sstream>
#include <iostream>
#include <string>
#include <vector>
typedef long double real;
typedef std::vector<real> vec;

static int n;
static vec x, y;

// Least squares of y on 1 and the columns, by modified Gram-Schmidt twice; coefficients of the columns in beta.
static real solve(const std::vector<vec>& columns, vec& beta, vec& rest) {
  int m = columns.size();
  std::vector<vec> q(m + 1, vec(n));
  std::vector<vec> r(m + 1, vec(m + 1, 0));
  for (int j = 0; j <= m; j++) {
    for (int i = 0; i < n; i++) q[j][i] = j == 0 ? 1 : columns[j - 1][i];
    for (int twice = 0; twice < 2; twice++)
      for (int k = 0; k < j; k++) {
        real s = 0;
        for (int i = 0; i < n; i++) s += q[k][i] * q[j][i];
        r[k][j] += s;
        for (int i = 0; i < n; i++) q[j][i] -= s * q[k][i];
      }
    real s = 0;
    for (int i = 0; i < n; i++) s += q[j][i] * q[j][i];
    s = sqrtl(s);
    r[j][j] = s;
    if (s > 1e-16L) for (int i = 0; i < n; i++) q[j][i] /= s;
    else { r[j][j] = 0; for (int i = 0; i < n; i++) q[j][i] = 0; }
  }
  vec c(m + 1, 0);
  rest = y;
  for (int twice = 0; twice < 2; twice++)
    for (int j = 0; j <= m; j++) {
      real s = 0;
      for (int i = 0; i < n; i++) s += q[j][i] * rest[i];
      c[j] += s;
      for (int i = 0; i < n; i++) rest[i] -= s * q[j][i];
    }
  beta.assign(m, 0);
  vec z(m + 1, 0);
  for (int j = m; j >= 0; j--) {
    real s = c[j];
    for (int k = j + 1; k <= m; k++) s -= r[j][k] * z[k];
    z[j] = r[j][j] > 0 ? s / r[j][j] : 0;
    if (j > 0) beta[j - 1] = z[j];
  }
  real loss = 0;
  for (int i = 0; i < n; i++) loss += rest[i] * rest[i];
  return loss;
}

// The same with beta >= 0: the best over all subsets whose solution is non-negative.
static real evaluate(const vec& theta, vec& beta, vec& rest) {
  int m = theta.size();
  std::vector<vec> all(m, vec(n));
  for (int j = 0; j < m; j++) for (int i = 0; i < n; i++) all[j][i] = -expm1l(-expl(theta[j]) * (x[i] - x[0]));
  real best = solve(all, beta, rest);
  bool fine = true;
  for (real b : beta) fine = fine && b >= 0;
  if (fine) return best;
  best = -1;
  for (int mask = 0; mask < (1 << m) - 1; mask++) {
    std::vector<vec> some;
    for (int j = 0; j < m; j++) if (mask >> j & 1) some.push_back(all[j]);
    vec b, r;
    real loss = solve(some, b, r);
    fine = true;
    for (real v : b) fine = fine && v >= 0;
    if (!fine || (best >= 0 && loss >= best)) continue;
    best = loss;
    rest = r;
    beta.assign(m, 0);
    for (int j = 0, k = 0; j < m; j++) if (mask >> j & 1) beta[j] = b[k++];
  }
  return best;
}

// Levenberg-Marquardt in theta with a difference Jacobian of the projected residual.
static real descend(vec theta, real low, real high) {
  int m = theta.size();
  vec beta, rest;
  real loss = evaluate(theta, beta, rest), mu = 1e-2L;
  for (int iteration = 0; iteration < 150; iteration++) {
    std::vector<vec> jacobian(m, vec(n));
    for (int j = 0; j < m; j++) {
      vec other = theta, b, r1, r2;
      other[j] += 1e-6L;
      evaluate(other, b, r1);
      other[j] -= 2e-6L;
      evaluate(other, b, r2);
      for (int i = 0; i < n; i++) jacobian[j][i] = (r1[i] - r2[i]) / 2e-6L;
    }
    bool improved = false;
    real gain = 0;
    for (int attempt = 0; attempt < 12 && !improved; attempt++) {
      std::vector<vec> a(m, vec(m + 1));
      for (int j = 0; j < m; j++) {
        for (int k = 0; k < m; k++) { a[j][k] = 0; for (int i = 0; i < n; i++) a[j][k] += jacobian[j][i] * jacobian[k][i]; }
        a[j][m] = 0;
        for (int i = 0; i < n; i++) a[j][m] -= jacobian[j][i] * rest[i];
        a[j][j] += mu * (a[j][j] + 1e-12L * (loss + 1e-20L));
        if (a[j][j] == 0) a[j][j] = 1;
      }
      for (int j = 0; j < m; j++) for (int k = j + 1; k < m; k++) {
        real f = a[k][j] / a[j][j];
        for (int l = j; l <= m; l++) a[k][l] -= f * a[j][l];
      }
      vec next = theta;
      vec step(m, 0);
      for (int j = m - 1; j >= 0; j--) {
        real s = a[j][m];
        for (int k = j + 1; k < m; k++) s -= a[j][k] * step[k];
        step[j] = s / a[j][j];
        if (!(fabsl(step[j]) < 2)) step[j] = step[j] > 0 ? 2 : -2;
        next[j] = fminl(high, fmaxl(low, theta[j] + step[j]));
      }
      vec b, r;
      real nextLoss = evaluate(next, b, r);
      if (nextLoss < loss) {
        improved = true;
        gain = loss - nextLoss;
        theta = next; loss = nextLoss; rest = r; beta = b;
        mu = fmaxl(mu / 5, 1e-15L);
      } else mu = mu * 6 + 1e-12L;
    }
    if (!improved || gain < 1e-11L * loss || loss < 1e-26L) break;
  }
  return loss;
}

int main(int argc, char** argv) {
  int starts = argc > 1 ? atoi(argv[1]) : 80;
  std::string line;
  while (std::getline(std::cin, line)) {
    std::istringstream in(line);
    int index;
    in >> index >> n;
    x.assign(n, 0);
    y.assign(n, 0);
    for (int i = 0; i < n; i++) { double a, b; in >> a >> b; x[i] = a; y[i] = b; }
    real low = logl(0.01L / x[n - 1]), high = logl(10 / x[0]);
    std::mt19937_64 random(12345 + index);
    std::uniform_real_distribution<double> uniform(0, 1);
    printf("%d", index);
    real before = -1;
    for (int terms = 1; terms <= 4 && 2 * terms + 1 <= n; terms++) {
      real best = before;
      for (int start = 0; start < starts * terms * terms; start++) {
        vec theta(terms);
        for (real& t : theta) t = low + (high - low) * uniform(random);
        real loss = descend(theta, low, high);
        if (best < 0 || loss < best) best = loss;
      }
      before = best;
      printf(" %.21Le", best);
    }
    printf("\n");
    fflush(stdout);
  }
}
