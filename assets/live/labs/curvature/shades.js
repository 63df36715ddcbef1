/** The curvature over the plane of the variables, for colours, and where it is 0. */

import { graphCurvature } from "../../curvature.js";
import { levelCurve } from "../../levels.js";
import { submatrix } from "../../quadratic.js";
import { linspace, surface as onGrid } from "../../shapes.js";
import { shownPart, withShown } from "../common.js";

// As in calc_core/geometry/sampling.py: the colours belong to the points of the surface.
const POINTS = 60;
const PREFIX = { gaussian: "K = ", mean: "M = " };

const grids = new WeakMap();

/** Both curvatures on the grid of the surface; computed once for what is held still. */
function curvatures(problem, at) {
  const held = at.filter((_, k) => !problem.shown.includes(k)).join(" ");
  const found = grids.get(problem);
  if (found?.held === held) return found;
  const [xs, ys] = problem.ranges.map(([low, high]) => linspace(low, high, POINTS));
  const all = onGrid((x, y) => curvatureAt(problem, withShown(problem, at, [x, y])), xs, ys);
  const only = (name) => all.map((line) => line.map((value) => finiteOrGap(value[name])));
  const fresh = { held, xs, ys, gaussian: only("gaussian"), mean: only("mean"), zero: {} };
  grids.set(problem, fresh);
  return fresh;
}

function curvatureAt(problem, at) {
  const { gradient, hessian } = problem.functions(at);
  return graphCurvature(
    shownPart(problem, gradient),
    submatrix(hessian, at.length, problem.shown),
  );
}

const finiteOrGap = (value) => (Number.isFinite(value) ? value : null);

/** The curvature that is shown by colour, and how far the colours reach to both sides of 0. */
export function shades(problem, { at, shade }) {
  const name = shade === "mean" ? "mean" : "gaussian";
  const values = curvatures(problem, at)[name];
  return { name, values, size: problem.sizes[name], prefix: PREFIX[name] };
}

/** Where the curvature shown is 0, as K is between bowls and saddles. */
export function zeroCurve(problem, state) {
  const { xs, ys, zero } = curvatures(problem, state.at);
  const { name, values } = shades(problem, state);
  const withGaps = () => values.map((line) => line.map((value) => value ?? NaN));
  zero[name] ??= levelCurve(xs, ys, withGaps(), 0);
  return zero[name];
}
