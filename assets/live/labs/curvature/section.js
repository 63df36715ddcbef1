/** The normal section along v, in its own plane, with its osculating circle. */

import { normalSection } from "../../curvature.js";
import { numeral } from "../../numerals.js";
import { arc } from "../../shapes.js";
import { shownPart, withShown } from "../common.js";
import { NOTHING, NO_WORDS, blank, flatPoints, mark } from "../traces.js";

const AROUND = 121;

const NOWHERE = {
  ...blank(["tangent", "section", "circle", "radius", "centre", "point"]),
  names: NO_WORDS,
};

export function section(problem, here, isKnown) {
  if (!isKnown) return NOWHERE;
  const { reach } = problem;
  const centre = 1 / here.curvature;
  const kappa = `κ = ${numeral(here.curvature)}`;
  const isStraight = here.curvature === 0;
  return {
    tangent: { x: [-reach, reach], y: [0, 0] },
    section: flatPoints(here.section),
    circle: flatPoints(circlePoints(problem, here)),
    radius: isStraight ? NOTHING : { x: [0, 0], y: [0, centre] },
    centre: isStraight ? NOTHING : { x: [0], y: [centre] },
    names: {
      x: [-0.95 * reach],
      // On the side from which the curve bends away.
      y: [(here.curvature > 0 ? -0.72 : 0.72) * reach],
      text: [`${kappa}, radius ${numeral(Math.abs(centre), 3)}`],
      textposition: "middle right",
    },
    point: mark([0, 0], `normal curvature ${kappa}`),
  };
}

/** The section as points (a, b), along the tangent and along the normal. */
export function sectionPoints(problem, { whole, at, f, tangent, normal }) {
  const value = (place) => {
    const found = problem.functions(withShown(problem, whole, place));
    return { f: found.f, gradient: shownPart(problem, found.gradient) };
  };
  return normalSection(value, [...at, f], tangent, normal, problem.reach);
}

/** The osculating circle, a part of it where it is large; for κ = 0 the tangent. */
export function circlePoints({ reach }, { curvature }) {
  if (curvature === 0) return [[-reach, 0], [reach, 0]];
  const radius = 1 / Math.abs(curvature);
  const half = Math.min(Math.PI, (1.5 * reach) / radius);
  const foot = -Math.PI / 2;
  const { x, y } = arc([0, radius], radius, foot - half, foot + half, AROUND);
  return x.map((a, k) => [a, Math.sign(curvature) * y[k]]);
}
