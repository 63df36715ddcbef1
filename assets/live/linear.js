/**
 * Linear algebra on small arrays.  A matrix is a flat array of its rows, with its sizes beside it,
 * as the code of calc_core/evaluate/javascript.py hands it out; a list of vectors is an array of
 * arrays.
 *
 * GVL is G. H. Golub and C. F. Van Loan, Matrix Computations, 4th edition (2013).
 */

// ── vectors ─────────────────────────────────────────────────────────────────────────────────────

/** a · b = Σ aᵢ bᵢ. */
export function dot(a, b) {
  return a.reduce((sum, entry, i) => sum + entry * b[i], 0);
}

/** |a| = √(a · a), without overflow on the way. */
export const norm = (a) => Math.hypot(...a);

export const add = (a, b) => a.map((entry, i) => entry + b[i]);
export const subtract = (a, b) => a.map((entry, i) => entry - b[i]);
export const scale = (a, s) => a.map((entry) => s * entry);

/** a × b in space. */
export function cross([a, b, c], [d, e, f]) {
  return [b * f - c * e, c * d - a * f, a * e - b * d];
}

// ── matrices ────────────────────────────────────────────────────────────────────────────────────

/** The m×n matrix with these entries. */
const build = (m, n, entry) =>
  Array.from({ length: m * n }, (_, at) => entry(Math.floor(at / n), at % n));

const range = (n) => Array.from({ length: n }, (_, i) => i);
const row = (A, n, i) => A.slice(i * n, (i + 1) * n);
const column = (A, m, n, j) => range(m).map((i) => A[i * n + j]);
const rows = (A, m, n) => range(m).map((i) => row(A, n, i));
const unitVector = (n, i) => range(n).map((j) => (i === j ? 1 : 0));

const largest = (A) => A.reduce((size, entry) => Math.max(size, Math.abs(entry)), 0);
const allFinite = (A) => A.every(Number.isFinite);
const nans = (n) => Array(n).fill(NaN);

/** AB, for A m×k and B k×n. */
export function multiply(A, m, k, B, n) {
  return build(m, n, (i, j) => dot(row(A, k, i), column(B, k, n, j)));
}

/** Av, for A m×n. */
export function apply(A, m, n, v) {
  return multiply(A, m, n, v, 1);
}

/** Aᵀ, for A m×n. */
export function transpose(A, m, n) {
  return build(n, m, (i, j) => A[j * n + i]);
}

// What is this much smaller than the terms that it came from cannot be told from 0.
const CANCELLED = 1e-13;

// ── elimination ─────────────────────────────────────────────────────────────────────────────────

/** det A: the formula up to 3×3, the product of the pivots beyond. */
export function determinant(A, n) {
  if (n === 0) return 1;
  if (n === 1) return A[0];
  if (n === 2) return A[0] * A[3] - A[1] * A[2];
  if (n === 3) return dot(row(A, 3, 0), cross(row(A, 3, 1), row(A, 3, 2)));
  if (!allFinite(A)) return NaN;
  const { U, sign } = eliminate(rows(A, n, n), n);
  return U.reduce((product, line, k) => product * line[k], sign);
}

/** The x with Ax = b, or null where there is none or more than one. */
export function solve(A, n, b) {
  if (!allFinite(A)) return null;
  const { U, sizes } = eliminate(rows(A, n, n).map((line, i) => [...line, b[i]]), n);
  const regular = U.every((line, k) => Math.abs(line[k]) > CANCELLED * sizes[k][k]);
  return regular ? substituteBack(U, n) : null;
}

/**
 * Gauss's elimination with partial pivoting (GVL §3.4): the lines of the triangular matrix, the
 * sign of their permutation, and for each entry the `sizes` of what rounding errors in it are
 * relative to, which like the errors go from entry to entry.
 */
function eliminate(lines, n) {
  const sizes = lines.map((line) => line.map(Math.abs));
  let sign = 1;
  for (let k = 0; k < n; k += 1) {
    const pivot = pivotRow(lines, n, k);
    if (pivot !== k) sign = -sign;
    for (const table of [lines, sizes]) [table[k], table[pivot]] = [table[pivot], table[k]];
    if (lines[k][k] !== 0) clearBelow(lines, sizes, n, k);
  }
  return { U: lines, sign, sizes };
}

function pivotRow(lines, n, k) {
  let best = k;
  for (let i = k + 1; i < n; i += 1) {
    if (Math.abs(lines[i][k]) > Math.abs(lines[best][k])) best = i;
  }
  return best;
}

/** Subtracts row k from those below; the factor is in doubt as the two entries that it is of. */
function clearBelow(lines, sizes, n, k) {
  const pivot = Math.abs(lines[k][k]);
  for (let i = k + 1; i < n; i += 1) {
    const factor = lines[i][k] / lines[k][k];
    const share = Math.abs(factor);
    const doubt = (sizes[i][k] + share * sizes[k][k]) / pivot;
    sizes[i] = sizes[i].map((s, j) => s + share * sizes[k][j] + doubt * Math.abs(lines[k][j]));
    lines[i] = subtract(lines[i], scale(lines[k], factor));
  }
}

function substituteBack(U, n) {
  const x = Array(n).fill(0);
  for (let i = n - 1; i >= 0; i -= 1) x[i] = (U[i][n] - dot(x, U[i])) / U[i][i];
  return x;
}

// ── eigenvalues of symmetric matrices ───────────────────────────────────────────────────────────

// Jacobi's method converges quadratically in the end: up to 8×8 it takes fewer than ten sweeps.
const MOST_SWEEPS = 40;
const ABSOLUTE_ZERO = 1e-12;

/**
 * The eigenvalues λ₁ ≥ λ₂ ≥ … of (A + Aᵀ)/2, and unit vectors that belong to them, in the order
 * and with the signs of calc_core/geometry/curvature.py.
 */
export function eigenSymmetric(A, n) {
  if (!allFinite(A)) return { values: nans(n), vectors: range(n).map(() => nans(n)) };
  const S = rows(build(n, n, (i, j) => A[i * n + j] / 2 + A[j * n + i] / 2), n, n);
  const axes = range(n).map((i) => unitVector(n, i));
  sweep(n, (p, q) => diagonalize(S, axes, p, q));
  // Of equal eigenvalues the last comes first, as it does in Python.
  const order = range(n).sort((i, j) => S[i][i] - S[j][j]).reverse();
  return { values: order.map((i) => S[i][i]), vectors: order.map((i) => signed(axes[i])) };
}

/** Works on all pairs p < q, again and again, until there is nothing left to do. */
function sweep(n, work) {
  for (let sweeps = 0; sweeps < MOST_SWEEPS; sweeps += 1) {
    let done = true;
    for (let p = 0; p < n; p += 1) {
      for (let q = p + 1; q < n; q += 1) if (work(p, q)) done = false;
    }
    if (done) return;
  }
}

/** S ← RᵀSR with the rotation R by which S_pq vanishes (GVL §8.5); the axes turn with it. */
function diagonalize(S, axes, p, q) {
  const off = S[p][q];
  if (isNothingBeside(off, S[p][p]) && isNothingBeside(off, S[q][q])) return false;
  const turn = rotation(S[p][p], off, S[q][q]);
  for (const line of S) [line[p], line[q]] = turned(turn, line[p], line[q]);
  turnVectors(turn, S, p, q);
  turnVectors(turn, axes, p, q);
  S[p][q] = 0;
  S[q][p] = 0;
  return true;
}

const isNothingBeside = (small, entry) => Math.abs(entry) + Math.abs(small) === Math.abs(entry);

/** [cos, sin] of the smaller angle that diagonalizes [[a, b], [b, d]] (GVL Algorithm 8.5.1). */
function rotation(a, b, d) {
  const tau = (d / 2 - a / 2) / b;
  const tangent = (tau < 0 ? -1 : 1) / (Math.abs(tau) + Math.hypot(1, tau));
  const cosine = 1 / Math.hypot(1, tangent);
  return [cosine, tangent * cosine];
}

const turned = ([c, s], x, y) => [c * x - s * y, s * x + c * y];

function turnVectors([c, s], vectors, p, q) {
  const [first, second] = [vectors[p], vectors[q]];
  vectors[p] = first.map((x, i) => c * x - s * second[i]);
  vectors[q] = first.map((x, i) => s * x + c * second[i]);
}

/** The direction with its first entry that is not 0 positive. */
function signed(direction) {
  const clean = direction.map((x) => (Math.abs(x) < ABSOLUTE_ZERO ? 0 : x));
  return leading(clean) < 0 ? clean.map((x) => 0 - x) : clean;
}

const leading = (direction) => direction.find((x) => Math.abs(x) >= ABSOLUTE_ZERO);

// ── singular values ─────────────────────────────────────────────────────────────────────────────

// The cosine of two columns that are as good as perpendicular.
const PERPENDICULAR = 4 * Number.EPSILON;

/**
 * The thin singular value decomposition A = Σ sₖ uₖ vₖᵀ of an m×n matrix with min(m, n) ≤ 3:
 * `s` largest first, and in `u` and `v` the unit vectors with A vₖ = sₖ uₖ.  The first entry of
 * each vₖ that is not 0 is positive; for m < n, of each uₖ.
 *
 * One-sided Jacobi rotations (GVL §8.6.3): the columns of A are turned until they are
 * perpendicular.
 */
export function svd(A, m, n) {
  if (m < n) {
    const { u, s, v } = svd(transpose(A, m, n), n, m);
    return { u: v, s, v: u };
  }
  if (!allFinite(A)) return undefinedSvd(m, n);
  const size = largest(A) || 1;
  const columns = range(n).map((j) => column(A, m, n, j).map((entry) => entry / size));
  const axes = range(n).map((j) => unitVector(n, j));
  const lengths = columns.map(norm);
  sweep(n, (p, q) => straighten(columns, axes, lengths, p, q));
  const s = columns.map(norm);
  const order = range(n).sort((i, j) => s[j] - s[i]);
  const v = order.map((j) => axes[j]);
  const u = directions(order.map((j) => columns[j]), m);
  const signs = v.map((axis) => (leading(axis) < 0 ? -1 : 1));
  const facing = (vectors) => vectors.map((vector, k) => vector.map((x) => signs[k] * x + 0));
  return { u: facing(u), s: order.map((j) => s[j] * size), v: facing(v) };
}

function undefinedSvd(m, n) {
  const vectors = (length) => range(n).map(() => nans(length));
  return { u: vectors(m), s: nans(n), v: vectors(n) };
}

/** Turns two columns until they are perpendicular; each is Σ vᵢ aᵢ with its axis v, aᵢ of A. */
function straighten(columns, axes, lengths, p, q) {
  const [first, second] = [columns[p], columns[q]];
  const product = dot(first, second);
  if (!(Math.abs(product) > PERPENDICULAR * norm(first) * norm(second))) return false;
  const turn = rotation(dot(first, first), product, dot(second, second));
  turnVectors(turn, columns, p, q);
  turnVectors(turn, axes, p, q);
  for (const k of [p, q]) {
    const terms = dot(axes[k].map(Math.abs), lengths);
    if (!(norm(columns[k]) > CANCELLED * terms)) columns[k] = scale(columns[k], 0);
  }
  return true;
}

/** Perpendicular vectors made unit ones; for each that is 0 a further direction is found. */
function directions(vectors, m) {
  const found = [];
  for (const vector of vectors) {
    const length = norm(vector);
    found.push(length > 0 ? vector.map((x) => x / length) : perpendicular(found, m));
  }
  return found;
}

/** A unit vector perpendicular to some: what is left of the axis farthest from them. */
function perpendicular(found, m) {
  const rests = range(m).map((i) =>
    found.reduce((rest, u) => subtract(rest, scale(u, dot(rest, u))), unitVector(m, i)),
  );
  const best = rests.reduce((a, b) => (norm(b) > norm(a) ? b : a));
  return scale(best, 1 / norm(best));
}

// ── sizes ───────────────────────────────────────────────────────────────────────────────────────

/**
 * √det(JᵀJ): by how much small lengths, areas or volumes grow under a map with the m×n Jacobian J,
 * m ≥ n.  For a square J it is |det J|.
 */
export function sizeFactor(J, m, n) {
  if (m === n) return Math.abs(determinant(J, n));
  const gram = multiply(transpose(J, m, n), n, m, J, n);
  return Math.sqrt(Math.max(determinant(gram, n), 0));
}
