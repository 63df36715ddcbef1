/**
 * The curvature of a graph z = f(x, y), with its normal N = (−f_x, −f_y, 1)/w upwards, where
 * w = √(1 + |∇f|²): what bends up is positive.
 *
 * A direction v in the plane of the variables is lifted to the tangent vector (v, ∇f v).  After
 * M. P. do Carmo, Differential Geometry of Curves and Surfaces (1976), §§ 3-2 and 3-3.
 */

import { add, dot, eigenSymmetric, norm, scale } from "./linear.js";
import { secondDerivative } from "./quadratic.js";

// What is this much smaller than the terms that it came from cannot be told from 0.
const CANCELLED = 1e-13;
const RELATIVE_ZERO = 1e-9;
const ABSOLUTE_ZERO = 1e-12;

const whole = (gradient) => Math.hypot(1, ...gradient);

/** The Gaussian curvature K and the mean curvature M, as in calc_core/geometry/curvature.py. */
export function graphCurvature([p, q], [a, b, , d]) {
  const w = Math.hypot(1, p, q);
  const parts = [(1 + q * q) * a, -2 * p * q * b, (1 + p * p) * d];
  return {
    gaussian: cleared([a * d, -b * b]) / w ** 4,
    mean: cleared(parts) / (2 * w ** 3),
  };
}

function cleared(terms) {
  const sum = terms.reduce((total, term) => total + term, 0);
  const size = terms.reduce((total, term) => total + Math.abs(term), 0);
  return Math.abs(sum) <= CANCELLED * size ? 0 : sum;
}

/** f″/(1 + f′²)^(3/2) of a plane curve y = f(x). */
export const curveCurvature = (slope, second) => second / Math.hypot(1, slope) ** 3;

/** The tangent vector over a direction v, of length 1. */
export function lifted(gradient, v) {
  const tangent = [...v, dot(gradient, v)];
  return scale(tangent, 1 / norm(tangent));
}

/** The unit normal that points upwards. */
export function normal(gradient) {
  const w = whole(gradient);
  return [...gradient.map((slope) => -slope / w), 1 / w];
}

/** The curvature of the normal section over a direction v: II(v, v) / I(v, v). */
export function normalCurvature(gradient, H, v) {
  return secondDerivative(H, v) / (whole(gradient) * (dot(v, v) + dot(gradient, v) ** 2));
}

/**
 * The principal curvatures κ₁ ≥ κ₂, and the directions v₁, v₂ over which they are taken, as long
 * as makes their tangent vectors unit ones; v₂ is counter-clockwise from v₁.
 *
 * In the orthonormal tangent basis over the way of steepest rise and the level one the shape
 * operator is a symmetric matrix.
 */
export function principalCurvatures(gradient, H) {
  const w = whole(gradient);
  const slope = norm(gradient);
  const steepest = slope > 0 ? scale(gradient, 1 / slope) : [1, 0];
  const level = [-steepest[1], steepest[0]];
  const basis = [scale(steepest, 1 / w), level];
  const second = (u, v) =>
    (u[0] * (H[0] * v[0] + H[1] * v[1]) + u[1] * (H[2] * v[0] + H[3] * v[1])) / w;
  const shape = basis.flatMap((u) => basis.map((v) => second(u, v)));
  const { values, vectors } = eigenSymmetric(shape, 2);
  const [first, other] = vectors.map(([a, b]) => add(scale(basis[0], a), scale(basis[1], b)));
  const v1 = facingRight(first);
  const isCounterClockwise = v1[0] * other[1] - v1[1] * other[0] >= 0;
  const zero = Math.max(RELATIVE_ZERO * Math.max(...values.map(Math.abs)), ABSOLUTE_ZERO);
  return {
    values: values.map((value) => (Math.abs(value) <= zero ? 0 : value)),
    directions: [v1, isCounterClockwise ? other : scale(other, -1)],
  };
}

const facingRight = (v) =>
  v[0] < -ABSOLUTE_ZERO || (Math.abs(v[0]) <= ABSOLUTE_ZERO && v[1] < 0) ? scale(v, -1) : v;

/** Whether the normal curvature is the same in all directions. */
export function isUmbilic([first, second]) {
  return first - second <= RELATIVE_ZERO * Math.max(Math.abs(first), Math.abs(second), 1e-3);
}

/** The angle in the tangent plane from the first principal direction, in (−π/2, π/2]. */
export function angleFromFirst(gradient, [v1, v2], v) {
  const inner = (u) => dot(u, v) + dot(gradient, u) * dot(gradient, v);
  const angle = Math.atan2(inner(v2), inner(v1));
  if (angle > Math.PI / 2) return angle - Math.PI;
  return angle <= -Math.PI / 2 ? angle + Math.PI : angle;
}

/** The direction v at an angle in the tangent plane from the first principal direction. */
export function directionAt([v1, v2], angle) {
  return add(scale(v1, Math.cos(angle)), scale(v2, Math.sin(angle)));
}

const MOST_STEPS = 160;
const MOST_CORRECTIONS = 8;

/**
 * The normal section: where the plane through the point with the tangent vector T and the normal N
 * meets the graph, as points (a, b) for p + aT + bN.
 *
 * `value` gives {f, gradient} over a place.  The curve is followed to both sides: a step along it,
 * then Newton's method back to it across, so that it may stand upright or turn back.  It ends at
 * the window, |a| and |b| up to `reach`, and where f has no value.
 */
export function normalSection(value, point, T, N, reach) {
  const follow = (way) => oneSide(residue(value, point, T, N), way * (reach / 48), reach);
  return [...follow(-1).reverse(), [0, 0], ...follow(1)];
}

/** How far p + aT + bN lies above the graph, with the slopes of that by a and by b. */
function residue(value, point, T, N) {
  return ([a, b]) => {
    const place = point.map((x, k) => x + a * T[k] + b * N[k]);
    const { f, gradient } = value(place.slice(0, -1));
    const rise = (vector) => vector.at(-1) - dot(gradient, vector.slice(0, -1));
    return { over: place.at(-1) - f, slopes: [rise(T), rise(N)] };
  };
}

function oneSide(over, step, reach) {
  const found = [];
  let here = [0, 0];
  let along = [Math.sign(step), 0];
  for (let k = 0; k < MOST_STEPS; k++) {
    const next = corrected(over, add(here, scale(along, Math.abs(step))), Math.abs(step));
    if (!next || Math.max(...next.at.map(Math.abs)) > reach) break;
    found.push(next.at);
    const across = next.slopes;
    const tangent = scale([across[1], -across[0]], 1 / norm(across));
    along = dot(tangent, along) < 0 ? scale(tangent, -1) : tangent;
    here = next.at;
  }
  return found;
}

/** The nearest point of the curve, if Newton's method finds one within a step. */
function corrected(over, start, step) {
  let at = start;
  for (let k = 0; k < MOST_CORRECTIONS; k++) {
    const { over: residual, slopes } = over(at);
    const size = dot(slopes, slopes);
    if (!(size > 0) || !Number.isFinite(size + residual)) return null;
    const back = scale(slopes, -residual / size);
    at = add(at, back);
    if (!(norm([at[0] - start[0], at[1] - start[1]]) < step)) return null;
    if (norm(back) < 1e-6 * step) return { at, slopes };
  }
  return null;
}
