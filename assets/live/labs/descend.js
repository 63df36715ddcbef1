/**
 * Three ways down a function, step by step: gradient descent, the same with momentum, and Newton's.
 *
 * J. Nocedal and S. J. Wright, Numerical Optimization, 2nd edition (2006), chapter 3;
 * S. Boyd and L. Vandenberghe, Convex Optimization (2004), chapter 9; B. T. Polyak, "Some methods of
 * speeding up the convergence of iteration methods", USSR Comput. Math. Math. Phys. 4 (1964), 1–17.
 */

import { add, dot, eigenSymmetric, norm, scale, solve, subtract } from "../linear.js";
import { areFinite } from "./common.js";

/** The next point of each method, or null where it has none; `before` is the last one but one. */
const NEXT = {
  /** x − s ∇f */
  descent: ({ at, gradient, step }) => subtract(at, scale(gradient, step)),
  /** x − s ∇f + β (x − x before): Polyak's heavy ball. */
  momentum: ({ at, before, gradient, step, beta }) =>
    add(subtract(at, scale(gradient, step)), scale(subtract(at, before), beta)),
  /** x − H⁻¹ ∇f: where the gradient of the quadratic model is 0, be that up or down. */
  newton: ({ at, gradient, hessian }) => {
    const p = solve(hessian, at.length, gradient);
    return p && subtract(at, p);
  },
};

export const METHODS = Object.keys(NEXT);

// A gradient so much shorter than at the start is as good as 0 …
const ARRIVED = 1e-8;
// … if a critical point is so near, as a part of the range: far out it may die away for ever.
const NEAR = 1e-4;
// A last step as short as this is none.
const REST = 1e-6;
// Further off than so many ranges a path is not followed.
const FAR = 1e6;

/**
 * The path of a method: its `points`, f there, the lengths of the gradient, and how it ends:
 *
 *   arrived   where the gradient is as good as 0     done      the steps asked for are done
 *   away      too far off to be followed             outside   f has no value there
 *   rough     f has a value and no gradient there    singular  Newton's equations have no solution
 */
export function path(functions, start, method, { step, beta, steps, range }) {
  const [points, values, sizes] = [[], [], []];
  const ended = (end, at) => ({ points, values, sizes, end, at });
  let [before, at] = [start, start];
  for (;;) {
    if (!areFinite(at) || norm(subtract(at, start)) > FAR * range) return ended("away", at);
    const { f, gradient, hessian } = functions(at);
    if (!areFinite(f)) return ended("outside", at);
    const size = norm(gradient);
    points.push(at);
    values.push(f);
    sizes.push(size);
    if (!areFinite(size)) return ended("rough", at);
    // What still has speed goes on, over a place where the gradient is 0.
    const rests = method !== "momentum" || norm(subtract(at, before)) <= REST * range;
    const isLevel = rests && size <= ARRIVED * sizes[0];
    if (isLevel && isNearCritical(hessian, gradient, range)) return ended("arrived", at);
    if (points.length > steps) return ended("done", at);
    const next = NEXT[method]({ at, before, gradient, hessian, step, beta });
    if (!next) return ended("singular", at);
    [before, at] = [at, next];
  }
}

/** Whether Newton's step is short, or the Hessian is singular and does not tell. */
function isNearCritical(hessian, gradient, range) {
  const p = solve(hessian, gradient.length, gradient);
  return !p || norm(p) <= NEAR * range;
}

const FLAT = 1e-8;
const ROUNDING = 1e-14;

/** The eigenvalues of the Hessian, largest first, and what they make of a critical point. */
export function curvature(functions, at) {
  const { hessian } = functions(at);
  const found = eigenSymmetric(hessian, at.length).values;
  const size = Math.max(...found.map(Math.abs));
  const values = found.map((value) => (Math.abs(value) < ROUNDING * size ? 0 : value));
  const doubt = FLAT * size;
  const [most, least] = [values[0], values.at(-1)];
  return { values, most, least, kind: kindOf(most, least, doubt) };
}

function kindOf(most, least, doubt) {
  if (!areFinite(most, least)) return "undefined";
  if (least > doubt) return "minimum";
  if (most < -doubt) return "maximum";
  return least < -doubt && most > doubt ? "saddle" : "undecided";
}

/** Whether a path ends in going to and fro between two points. */
export function isToAndFro({ points, end }) {
  if (end !== "done" || points.length < 4) return false;
  const [a, b, c] = points.slice(-3);
  const stride = norm(subtract(c, b));
  return stride > 0 && norm(subtract(c, a)) < 1e-6 * stride;
}

/**
 * By how much a step multiplies what is left of the way, along an eigenvector of H to λ: with an
 * error e, a step of descent leaves (1 − sλ) e.
 */
export const descentFactor = (step, lambda) => Math.abs(1 - step * lambda);

/**
 * The same with momentum, in the long run: the spectral radius of the map (e, e before) →
 * ((1 + β − sλ) e − β e before, e), whose eigenvalues solve r² − (1 + β − sλ) r + β = 0.
 */
export function momentumFactor(step, lambda, beta) {
  const sum = 1 + beta - step * lambda;
  const discriminant = sum * sum - 4 * beta;
  if (discriminant < 0) return Math.sqrt(beta);
  return (Math.abs(sum) + Math.sqrt(discriminant)) / 2;
}

/** The step sizes below which the factors are less than 1, for eigenvalues that are all positive. */
export const bounds = (most, beta) => ({ descent: 2 / most, momentum: (2 * (1 + beta)) / most });

/** Whether Newton's step leads downhill to first order: −∇f H⁻¹ ∇fᵀ < 0. */
export function newtonSlope({ gradient, hessian }) {
  const p = solve(hessian, gradient.length, gradient);
  return p ? -dot(gradient, p) : NaN;
}
