/**
 * How a map changes small volumes (R³ → R³) or areas (R² → R³): a piece of the domain around the
 * point, its true image, and the image under f(p) + J(x − p).
 */

import { norm, scale } from "../linear.js";
import { numeral } from "../numerals.js";
import { polygon } from "../shapes.js";
import { areFinite, clamp, hasJacobian, lengthsOf, pointHandle, spans, undefinedHere } from "./common.js";
import { block, reach, sheet, solid } from "./solid/figures.js";
import { isSolid, measured, placed, sizesOf } from "./solid/piece.js";
import { names, readings, words } from "./solid/words.js";
import { NOTHING } from "./traces.js";

// The magnified piece: how far the figure reaches, in its own sizes, and the length of its axes.
const REACH = 1.25;
const AXIS = 1.04;
// As in calc_core/geometry/box_image.py.
const FAR = 4;

export function draw(problem, state) {
  const here = measured(problem, state);
  const isThere = hasJacobian(here);
  return {
    traces: isSolid(problem)
      ? { block: block(problem, here), solid: solid(here, isThere), shrinking: shrinking(problem, state, here) }
      : { parameters: parameters(here), sheet: sheet(problem, state, here, isThere), shrinking: shrinking(problem, state, here) },
    layouts: layouts(problem, state, here, isThere),
    readings: readings(problem, here),
    words: isThere ? words(problem, state, here) : {},
    handles: handles(problem, state, here),
    ...amiss(problem, state, here, isThere),
  };
}

/** The piece shrinks to the smallest there is, under the magnifying glass. */
export function play(problem, state, part) {
  const [smallest, largest] = problem.edges;
  const from = state.edge > 2 * smallest ? state.edge : largest;
  return { ...state, edge: from * (smallest / from) ** part, lens: true };
}

// ── what is seen of it ──────────────────────────────────────────────────────────────────────────

function layouts(problem, { lens }, here, isThere) {
  const name = isSolid(problem) ? "solid" : "sheet";
  const far = REACH * reach(here);
  const isNear = lens && isThere && far > 0 && Number.isFinite(far);
  const ranges = isNear ? here.f.map((x) => [x - far, x + far]) : wide(problem, here, isThere);
  return {
    [name]: {
      ...Object.fromEntries([..."xyz"].map((axis, k) => [`scene.${axis}axis.range`, ranges[k]])),
      "scene.aspectratio": isNear ? { x: AXIS, y: AXIS, z: AXIS } : aspectOf(ranges),
    },
    shrinking: { "yaxis.range": heightsOf(here) },
  };
}

/** The ranges of the image of all, and of the piece where it reaches beyond, but not to infinity. */
function wide(problem, { f, image, slopes }, isThere) {
  if (!isThere) return problem.window;
  return problem.window.map(([low, high], axis) => {
    const linear = slopes.reduce((sum, slope) => sum + Math.abs(slope[axis]) / 2, 0);
    const seen = [-linear, linear, ...image.map((point) => point[axis])].filter(Number.isFinite);
    const margin = 0.02 * (high - low);
    const [least, most] = [f[axis] + Math.min(...seen) - margin, f[axis] + Math.max(...seen) + margin];
    const away = FAR * (high - low);
    return [Math.min(low, Math.max(least, low - away)), Math.max(high, Math.min(most, high + away))];
  });
}

/** As in calc_core/figures/map_parts.py: all axes at one scale, where that can be. */
function aspectOf(ranges) {
  const lengths = lengthsOf(ranges);
  const parts = lengths.map((length) => Math.max(0.25, length / Math.max(...lengths)));
  const size = Math.min(1.8 / norm(parts), 1.2);
  const [x, y, z] = scale(parts, size);
  return { x, y, z };
}

/** What the curve needs; of one that is all but flat not what rounding makes of it. */
function heightsOf({ factor, ratio, curve }) {
  const values = [factor, ratio, ...curve].filter(Number.isFinite);
  if (values.length === 0) return [-1, 1];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const margin = Math.max(0.2 * (high - low), 0.02 * Math.max(Math.abs(low), Math.abs(high))) || 1;
  return [low - margin, high + margin];
}

// ── figures in the plane ────────────────────────────────────────────────────────────────────────

function parameters({ at, sides }) {
  const corners = [[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5]].map((part) => placed(at, sides, part));
  const cell = polygon(corners);
  return { cell_edge: cell, cell, point: { x: [at[0]], y: [at[1]] } };
}

function shrinking(problem, state, here) {
  const [smallest, largest] = problem.edges;
  const { factor, ratio, curve } = here;
  const isThere = Number.isFinite(factor);
  return {
    limit: isThere ? { x: [smallest / 2, largest * 2], y: [factor, factor] } : NOTHING,
    ratio: { x: sizesOf(problem), y: curve },
    here: { x: [state.edge], y: [ratio] },
  };
}

function handles(problem, state, here) {
  const [smallest, largest] = problem.edges;
  const within = (edge) => clamp(edge, smallest, largest);
  const size = {
    id: "edge",
    figure: "shrinking",
    at: [state.edge, here.ratio],
    label: "The size of the piece",
    text: `edge ${numeral(state.edge, 3)} of the range`,
    move: ([x]) => ({ ...state, edge: within(x) }),
  };
  if (isSolid(problem)) return [size];
  const corner = {
    id: "corner",
    figure: "parameters",
    shape: "corner",
    at: state.at.map((x, k) => x + here.sides[k] / 2),
    label: "The corner of the cell",
    text: `sides ${here.sides.map((side) => numeral(side, 3)).join(" and ")}`,
    move: (place) => {
      const parts = place.map((x, k) => within((2 * Math.abs(x - state.at[k])) / spans(problem)[k]));
      const edge = Math.max(...parts);
      return { ...state, edge, sides: parts.map((part) => part / edge) };
    },
  };
  return [pointHandle(problem, state, "parameters"), corner, size];
}

// ── what is amiss ───────────────────────────────────────────────────────────────────────────────

function amiss(problem, state, here, isThere) {
  if (!isThere) return undefinedHere(problem, state, hasJacobian);
  if (areFinite(here.ratio)) return {};
  return { note: `The ${names(problem).piece} reaches to where the function has no value: make it smaller.` };
}
