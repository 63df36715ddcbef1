/**
 * Lengths, areas and volumes of images, as integrals of the derivatives, each with an estimate of
 * its error.
 *
 * The rules are those of Gauss and Legendre.  Where one with fewer points differs by too much, the
 * piece is halved along each of its axes (Davis & Rabinowitz, Methods of Numerical Integration, ch. 6).
 */

import { add, apply, cross, dot, norm, sizeFactor, subtract } from "./linear.js";
import { linspace } from "./shapes.js";

// Points along each axis: of the rule, and of the one that tells how good it is.  Both are even, so
// that none lies in the middle, where functions are likely to have their corners.
const MANY = 8;
const FEW = 6;
// A piece is halved until the error is so small a part of what is added up, or there are so many.
const GOOD = 1e-9;
const PIECES = { 1: 120, 2: 40 };
// Two rules may be wrong alike where there is a corner: the error is said to be so many times larger.
const CAUTION = 10;
/** For what is drawn and not told in digits. */
export const ROUGH = { good: 1e-3, pieces: { 1: 8, 2: 1 } };
// An integral that is less sure than this is none.
const UNSURE = 0.02;
// What is so much smaller than what was added up cannot be told from 0.
const CANCELLED = 1e-13;

/** The rule with so many points on (−½, ½), as [point, weight]. */
function gauss(count) {
  return Array.from({ length: count }, (_, k) => {
    let x = Math.cos((Math.PI * (k + 0.75)) / (count + 0.5));
    for (let step = 0; step < 8; step += 1) {
      const [value, slope] = legendre(count, x);
      x -= value / slope;
    }
    const [, slope] = legendre(count, x);
    return [x / 2, 1 / ((1 - x * x) * slope * slope)];
  });
}

/** The Legendre polynomial of this degree, and its slope. */
function legendre(degree, x) {
  let [before, value] = [1, x];
  for (let k = 2; k <= degree; k += 1) {
    [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
  }
  return [value, (degree * (x * value - before)) / (x * x - 1)];
}

/** The rule on a square around 0, or an interval, as [point, weight]. */
function ruleOf(count, axes) {
  const one = gauss(count);
  if (axes === 1) return one.map(([x, weight]) => [[x], weight]);
  return one.flatMap(([x, v]) => one.map(([y, w]) => [[x, y], v * w]));
}

const RULES = Object.fromEntries([1, 2].map((axes) => [axes, [ruleOf(MANY, axes), ruleOf(FEW, axes)]]));
const HALVES = {
  1: [[-0.25], [0.25]],
  2: [[-0.25, -0.25], [0.25, -0.25], [-0.25, 0.25], [0.25, 0.25]],
};

/** ∫ g over the square (−½, ½)², or the interval: {value, error, size}, with the size ∫ |g|. */
function integral(g, axes, { good = GOOD, pieces: most = PIECES } = {}) {
  const pieces = [estimate(g, Array(axes).fill(0), 1)];
  for (;;) {
    const whole = sumOf(pieces);
    if (!(whole.error > good * whole.size) || pieces.length >= most[axes]) return whole;
    const worst = pieces.reduce((found, piece, k) => (piece.error > pieces[found].error ? k : found), 0);
    const [{ middle, side }] = pieces.splice(worst, 1);
    for (const half of HALVES[axes]) {
      pieces.push(estimate(g, middle.map((x, k) => x + side * half[k]), side / 2));
    }
  }
}

function estimate(g, middle, side) {
  const area = side ** middle.length;
  const [fine, coarse] = RULES[middle.length].map((rule) => {
    let value = 0;
    let size = 0;
    for (const [point, weight] of rule) {
      const part = weight * area * g(point.map((x, k) => middle[k] + side * x));
      value += part;
      size += Math.abs(part);
    }
    return { value, size };
  });
  return { middle, side, ...fine, error: CAUTION * Math.abs(fine.value - coarse.value) };
}

function sumOf(parts) {
  const total = (name) => parts.reduce((sum, part) => sum + part[name], 0);
  return { value: total("value"), error: total("error"), size: total("size") };
}

/** {value, error}: NaN where the integrand has no value, or the integral probably none. */
function settled({ value, error, size }) {
  if (!(error <= UNSURE * size)) return { value: NaN, error: NaN };
  return { value: Math.abs(value) <= CANCELLED * size ? 0 : value, error: error + CANCELLED * size };
}

/** Of so many digits those that an error leaves. */
export function digitsOf(value, error, most) {
  if (!(error > 0) || value === 0) return most;
  const sure = Math.floor(Math.log10(Math.abs(value))) + 1 - Math.log10(2 * error);
  return Math.max(1, Math.min(most, Math.floor(sure)));
}

// ── images of pieces around a point ─────────────────────────────────────────────────────────────

const moved = (at, sides, part) => at.map((x, k) => x + sides[k] * part[k]);
const columnOf = (J, n, j) => Array.from({ length: J.length / n }, (_, i) => J[i * n + j]);

/** The length of a curve over an interval around t, ∫ |f′|. */
export function lengthOfImage({ functions }, [t], length, how) {
  return settled(integral(([x]) => length * norm(functions([t + length * x]).jacobian), 1, how));
}

const CORNERS = [[-1, -1], [1, -1], [1, 1], [-1, 1]].map((corner) => corner.map((x) => x / 2));

/** What the image of a cell's edge goes round, ½ ∮ x dy − y dx, seen from the image of the point. */
export function signedAreaOfImage({ functions }, at, sides, how) {
  const { f: origin } = functions(at);
  const along = CORNERS.map((corner, k) => {
    const way = subtract(CORNERS[(k + 1) % 4], corner);
    const step = way.map((x, axis) => x * sides[axis]);
    return integral(
      ([s]) => {
        const { f, jacobian } = functions(moved(at, sides, add(corner, way.map((x) => x * (s + 0.5)))));
        const [x, y] = subtract(f, origin);
        const [dx, dy] = apply(jacobian, 2, 2, step);
        return (x * dy - y * dx) / 2;
      },
      1,
      how,
    );
  });
  return settled(sumOf(along));
}

/** The area of a surface over a cell of its parameters, ∫ √det(JᵀJ). */
export function areaOfImage({ functions }, at, sides, how) {
  const cell = sides[0] * sides[1];
  const factor = (part) => cell * sizeFactor(functions(moved(at, sides, part)).jacobian, 3, 2);
  return settled(integral(factor, 2, how));
}

/** What the images of a box's faces enclose, ⅓ ∮ x · n dA, seen from the image of the point. */
export function signedVolumeOfImage({ functions }, at, sides, how) {
  const { f: origin } = functions(at);
  const faces = linspace(0, 5, 6).map((number) => {
    const [axis, end] = [number % 3, number < 3 ? -0.5 : 0.5];
    const [a, b] = [(axis + 1) % 3, (axis + 2) % 3];
    const outwards = (2 * end * sides[a] * sides[b]) / 3;
    return integral(
      ([s, t]) => {
        const part = [end, end, end].with(a, s).with(b, t);
        const { f, jacobian } = functions(moved(at, sides, part));
        const normal = cross(columnOf(jacobian, 3, a), columnOf(jacobian, 3, b));
        return outwards * dot(subtract(f, origin), normal);
      },
      2,
      how,
    );
  });
  return settled(sumOf(faces));
}
