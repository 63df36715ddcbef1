/** The graph in space, coloured, with its normal section and what belongs to the point. */

import { lifted } from "../../curvature.js";
import { add, scale } from "../../linear.js";
import { columns } from "../../meshes.js";
import { numeral } from "../../numerals.js";
import { equations, spans } from "../common.js";
import { circlePoints } from "./section.js";
import { shades } from "./shades.js";

// Lengths as parts of the smaller range.
const PRINCIPAL = 0.18;
// By so much lines are lifted off the surface that they lie on, which would hide them.
const LIFT = 0.008;

const NOTHING = { x: [], y: [], z: [] };

export function space(problem, state, here, isKnown) {
  const { values, size } = shades(problem, state);
  const surface = { surfacecolor: values, cmin: -size, cmax: size };
  return { surface, ...(isKnown ? atPoint(problem, here) : NOWHERE) };
}

const NOWHERE = {
  first: NOTHING,
  second: NOTHING,
  section: NOTHING,
  circle: NOTHING,
  normal: NOTHING,
  point: NOTHING,
};

function atPoint(problem, here) {
  const size = Math.min(...spans(problem));
  const foot = [...here.at, here.f];
  const raised = add(foot, scale(here.normal, LIFT * size));
  const place = ([a, b]) => raised.map((x, k) => x + a * here.tangent[k] + b * here.normal[k]);
  const [first, second] = here.directions.map((v) => {
    const along = scale(lifted(here.slope, v), PRINCIPAL * size);
    return columns([add(raised, scale(along, -1)), add(raised, along)]);
  });
  const text = `the point ${equations(problem, here.whole)}<br>f = ${numeral(here.f)}`;
  return {
    first: here.isUmbilic ? NOTHING : first,
    second: here.isUmbilic ? NOTHING : second,
    section: within(problem, here.section.map(place)),
    circle: within(problem, circlePoints(problem, here).map(place)),
    normal: columns([foot, add(foot, scale(here.normal, PRINCIPAL * size))]),
    point: { ...columns([foot]), hovertemplate: `${text}<extra></extra>` },
  };
}

/** The points, with gaps where they leave the box that is drawn. */
function within({ ranges, visible: [low, high] }, points) {
  const margin = 0.1 * Math.max(high - low, ...ranges.map(([a, b]) => (b - a) / 4));
  const box = [...ranges, [low - margin, high + margin]];
  const isInside = (point) => point.every((x, k) => x >= box[k][0] && x <= box[k][1]);
  return columns(points.map((point) => (isInside(point) ? point : [null, null, null])));
}
