/** The graph in space, coloured, with its normal section and what belongs to the point. */

import { lifted } from "../../curvature.js";
import { add, scale } from "../../linear.js";
import { columns } from "../../meshes.js";
import { pointAndValue, spans } from "../common.js";
import { NOTHING_IN_SPACE, blank, mark } from "../traces.js";
import { circlePoints } from "./section.js";
import { shades } from "./shades.js";

// Lengths as parts of the smaller range.
const PRINCIPAL = 0.18;
// By so much lines are lifted off the surface that they lie on, which would hide them.
const LIFT = 0.008;

export function space(problem, state, here, isKnown) {
  const { values, size } = shades(problem, state);
  const surface = { surfacecolor: values, cmin: -size, cmax: size };
  return { surface, ...(isKnown ? atPoint(problem, here) : NOWHERE) };
}

const NOWHERE = blank(["first", "second", "section", "circle", "normal", "point"], NOTHING_IN_SPACE);

function atPoint(problem, here) {
  const size = Math.min(...spans(problem));
  const foot = [...here.at, here.f];
  const raised = add(foot, scale(here.normal, LIFT * size));
  const place = ([a, b]) => raised.map((x, k) => x + a * here.tangent[k] + b * here.normal[k]);
  const [first, second] = here.directions.map((v) => {
    const along = scale(lifted(here.slope, v), PRINCIPAL * size);
    return columns([add(raised, scale(along, -1)), add(raised, along)]);
  });
  return {
    first: here.isUmbilic ? NOTHING_IN_SPACE : first,
    second: here.isUmbilic ? NOTHING_IN_SPACE : second,
    section: within(problem, here.section.map(place)),
    circle: within(problem, circlePoints(problem, here).map(place)),
    normal: columns([foot, add(foot, scale(here.normal, PRINCIPAL * size))]),
    point: mark(foot, pointAndValue(problem, here.whole, here.f)),
  };
}

/** The points, with gaps where they leave the box that is drawn. */
function within({ ranges, visible: [low, high] }, points) {
  const margin = 0.1 * Math.max(high - low, ...ranges.map(([a, b]) => (b - a) / 4));
  const box = [...ranges, [low - margin, high + margin]];
  const isInside = (point) => point.every((x, k) => x >= box[k][0] && x <= box[k][1]);
  return columns(points.map((point) => (isInside(point) ? point : [null, null, null])));
}
