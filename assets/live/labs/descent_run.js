/** What becomes of the three methods from a start, and which step sizes are too long for them. */

import { norm, subtract } from "../linear.js";
import { clamp, spans } from "./common.js";
import { METHODS, bounds, curvature, descentFactor, momentumFactor, newtonSlope, path } from "./descend.js";

const MOST_STEPS = 200;
// A minimum belongs to a path that ends within this part of the range of it.
const CLOSE = 0.1;
const CLOSER = 12;

/** The settings as they can be used: an address may say anything. */
function settings({ stepRange: [low] }, { step, beta, steps }) {
  return {
    step: step > 0 ? step : low,
    beta: clamp(beta, 0, 0.999),
    steps: clamp(Math.round(steps), 0, MOST_STEPS),
  };
}

/**
 * The `paths` as far as asked for, the methods `shown`, the curvature at the start, and at the
 * minimum that a path leads to, if one does: on that depends which step sizes converge.
 */
export function walked(problem, state, here) {
  const set = settings(problem, state);
  const range = Math.max(...spans(problem));
  const walk = (method, start, steps) => path(problem.functions, start, method, { ...set, steps, range });
  // As far as ever, so that nothing else changes while the steps come one by one.
  const whole = METHODS.map((method) => walk(method, state.at, MOST_STEPS));
  const paths = Object.fromEntries(METHODS.map((method, k) => [method, cut(whole[k], set.steps)]));
  for (const one of Object.values(paths)) {
    one.kind = one.end === "arrived" ? curvature(problem.functions, one.at).kind : null;
  }
  return {
    ...set,
    range,
    paths,
    shown: METHODS.filter((method) => state[method]),
    start: curvature(problem.functions, state.at),
    minimum: minimumOf(problem, whole, range, (start) => walk("newton", start, CLOSER)),
    uphill: newtonSlope(here) > 0,
    slopes: here.gradient,
  };
}

/** The first steps of a path. */
function cut(whole, steps) {
  if (whole.points.length <= steps + 1) return { ...whole };
  const all = [whole.points, whole.values, whole.sizes];
  const [points, values, sizes] = all.map((list) => list.slice(0, steps + 1));
  return { points, values, sizes, end: "done", at: points.at(-1) };
}

/** The minimum at which a path ends, or close to which; Newton's method finds the rest of the way. */
function minimumOf({ functions }, whole, range, closer) {
  for (const { end, at } of whole) {
    if (end !== "arrived" && end !== "done") continue;
    const found = end === "arrived" ? { end, at } : closer(at);
    if (found.end !== "arrived" || norm(subtract(found.at, at)) > CLOSE * range) continue;
    const curved = curvature(functions, found.at);
    if (curved.kind === "minimum") return { ...curved, at: found.at };
  }
  return null;
}

/** The curvature that the factors are about. */
export const basis = ({ minimum, start }) => minimum ?? start;

/** By how much a step multiplies the rest of the way, in the direction in which it is worst. */
export function factorsAt(step, { values }, beta) {
  return {
    descent: Math.max(...values.map((value) => descentFactor(step, value))),
    momentum: Math.max(...values.map((value) => momentumFactor(step, value, beta))),
  };
}

/** The bounds on the step size of the methods shown, if there are any. */
export function limitsOf(run) {
  const { most, least } = basis(run);
  if (!(least > 0)) return [];
  const bound = bounds(most, run.beta);
  return ["descent", "momentum"]
    .filter((method) => run.shown.includes(method))
    .map((method) => ({ method, bound: bound[method] }));
}
