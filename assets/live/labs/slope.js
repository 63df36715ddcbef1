/** The slope at a point: the gradient on the level curves, the tangent plane on the surface. */

import { levelCurve } from "../levels.js";
import { add, dot, norm, scale } from "../linear.js";
import * as m from "../mathml.js";
import { numeral, vector } from "../numerals.js";
import { joined, outlines } from "../shapes.js";
import {
  areFinite,
  equations,
  handleOnCurve,
  hasGradient,
  heights,
  inSight,
  isToScale,
  over,
  pointAndValue,
  pointHandle,
  reading,
  said,
  shortest,
  shownPart,
  spans,
  undefinedHere,
  valueAt,
  visualUnit,
} from "./common.js";
import { NOTHING, NOTHING_IN_SPACE, flatPoints, mark } from "./traces.js";

// As in plane.py and space.py of calc_core/figures, and calc_core/geometry/sampling.py.
const GRADIENT = 0.2;
const THICKNESS = 0.014;
const NEAR = 0.17;
const LIFT = 0.02;
const EYE = [-1.12, -1.43];
const HEIGHT = 0.87;
// The mark of a right angle, as a part of the shorter range.
const CORNER = 0.065;

export function draw(problem, state) {
  const { f, gradient } = problem.functions(state.at);
  const here = {
    f,
    gradient,
    whole: state.at,
    at: shownPart(problem, state.at),
    slope: shownPart(problem, gradient),
  };
  const isCurve = problem.shown.length === 1;
  return inSight(problem, state, {
    traces: isCurve
      ? { curve: curve(problem, here) }
      : { field: field(problem, here), surface: surface(problem, here) },
    readings: readings(problem, state.at, here),
    words: words(problem, state.at, here),
    handles: [
      isCurve ? handleOnCurve(problem, state, "curve", f) : pointHandle(problem, state, "field"),
    ],
    picks: { surface: ([x, y]) => pointHandle(problem, state, "field").move([x, y]) },
    eyes: { surface: eye(problem, here.slope) },
    ...(hasGradient(here) ? {} : undefinedHere(problem, state, hasGradient)),
  });
}

/** How far the tangent plane reaches to each side: by and large it stays in the heights drawn. */
function patch(problem, slope) {
  const [low, high] = problem.visible;
  const lengths = spans(problem);
  const rise = dot(slope.map(Math.abs), lengths) * NEAR;
  const part = rise > 0 ? NEAR * Math.min(1, (0.45 * (high - low)) / rise) : NEAR;
  return scale(lengths, part);
}

function curve(problem, { f, slope, at }) {
  const [half] = patch(problem, slope);
  return {
    tangent: { x: [at[0] - half, at[0] + half], y: [f - slope[0] * half, f + slope[0] * half] },
    point: mark([at[0], f], `slope = ${numeral(slope[0])}`),
  };
}

/**
 * Where the side of the hill is seen on which the point is: as in calc_core/figures/space.py, from
 * where x runs to the right and y away, or from another corner if the surface would hide the point.
 */
function eye(problem, slope) {
  const lengths = spans(problem);
  const downhill = slope.map((x, k) => -x * lengths[k]);
  const size = norm(downhill);
  if (!(size > 0) || dot(EYE, downhill) > -0.1 * size * norm(EYE)) return [...EYE, HEIGHT];
  const corners = [[-1, 1], [1, -1], [-1, -1]].map(([a, b]) => [a * EYE[0], b * EYE[1]]);
  const best = corners.reduce((a, b) => (dot(b, downhill) > dot(a, downhill) ? b : a));
  return [...best, HEIGHT];
}

function field(problem, { f, slope, at, whole, gradient }) {
  const size = norm(slope);
  const isSloping = areFinite(size) && size > 0;
  const unit = visualUnit(problem);
  const lengths = spans(problem);
  const span = shortest(lengths, unit);
  const arrow = scale(slope, (GRADIENT * span) / norm(over(slope, unit)));
  const half = GRADIENT * Math.min(...lengths);
  const along = [(-slope[1] / size) * half, (slope[0] / size) * half];
  const { xs, ys, z } = heights(problem, whole);
  const tangent = isSloping
    ? { x: [at[0] - along[0], at[0] + along[0]], y: [at[1] - along[1], at[1] + along[1]] }
    : NOTHING;
  return {
    level: areFinite(f) ? levelCurve(xs, ys, z, f) : NOTHING,
    halo: tangent,
    tangent,
    corner: isSloping && isToScale(unit) ? corner(at, scale(slope, 1 / size), CORNER * span) : NOTHING,
    gradient: {
      ...(isSloping ? joined(outlines([at], [arrow], unit, THICKNESS * span)) : NOTHING),
      hovertemplate: `∇f = ${vector(slope)}<br>steepest rise: ${numeral(size)} per unit<extra></extra>`,
    },
    point: mark(at, `${pointAndValue(problem, whole, f)}<br>∇f = ${vector(gradient)}`),
  };
}

/** Two sides of a square in the angle between the gradient and the tangent. */
function corner(at, [u, v], side) {
  const ahead = [side * u, side * v];
  const aside = [-side * v, side * u];
  const corners = [aside, [ahead[0] + aside[0], ahead[1] + aside[1]], ahead];
  return flatPoints(corners.map((place) => add(at, place)));
}

function surface(problem, { f, slope, at }) {
  const [a, b] = patch(problem, slope);
  const [x, y] = [[at[0] - a, at[0] + a], [at[1] - b, at[1] + b]];
  const height = (u, v) => f + slope[0] * (u - at[0]) + slope[1] * (v - at[1]);
  const rim = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]].map(([i, j]) => [x[i], y[j]]);
  const size = norm(slope);
  const lift = LIFT * (problem.visible[1] - problem.visible[0]);
  const part = Math.min(a / Math.abs(slope[0]), b / Math.abs(slope[1]));
  const end = [at[0] + part * slope[0], at[1] + part * slope[1]];
  const isSloping = areFinite(size) && size > 0;
  return {
    plane: { x, y, z: y.map((v) => x.map((u) => height(u, v))) },
    rim: { x: rim.map(([u]) => u), y: rim.map(([, v]) => v), z: rim.map(([u, v]) => height(u, v)) },
    steepest: isSloping
      ? { x: [at[0], end[0]], y: [at[1], end[1]], z: [f + lift, height(...end) + lift] }
      : NOTHING_IN_SPACE,
    point: { x: [at[0]], y: [at[1]], z: [f] },
  };
}

function readings(problem, at, { f, gradient }) {
  const name = m.row(m.op("∇"), m.id(problem.letter));
  const size = norm(gradient);
  const rows = areFinite(f) ? [reading("value", m.equation(valueAt(problem, at), m.num(f)))] : [];
  if (!areFinite(f, gradient)) return rows;
  rows.push(reading("gradient", m.equation(name, m.rowVector(gradient))));
  if (gradient.length === 1) return rows;
  rows.push(reading("its length: the steepest slope", m.equation(m.bars(name), m.num(size))));
  if (gradient.length > 2) return rows;
  const towards = m.row(m.num(angle(gradient), 3), m.op("°"));
  return [...rows, size > 0 ? reading("its direction", towards) : said("its direction", "none: the gradient is 0")];
}

const angle = ([x, y]) => (Math.atan2(y, x) * 180) / Math.PI;

function words(problem, at, { f, gradient, slope }) {
  const here = `At ${equations(problem, at)} the value is ${problem.letter} = ${numeral(f)}`;
  if (!areFinite(f, gradient)) return {};
  if (problem.shown.length === 1) {
    return { curve: `${here}, and the tangent has slope ${numeral(slope[0])}.` };
  }
  if (norm(gradient) === 0) {
    return {
      field: `${here} and the gradient is 0.`,
      surface: plane(at, 0),
    };
  }
  const set = at.length === 2 ? "level curve" : "level set";
  return {
    field:
      `${here} and the gradient is ${vector(gradient)}: it stands at a right angle to the ${set} ` +
      `through the point, along which f does not change to first order.`,
    surface: plane(at, norm(slope)),
  };
}

/** How steep the tangent plane is that the figure shows: of a slice only the part in it counts. */
function plane(at, steepness) {
  if (steepness === 0) return "The tangent plane is level.";
  const gradient = at.length === 2 ? "the gradient" : "the part of the gradient in this slice";
  return `Along ${gradient} the tangent plane rises by ${numeral(steepness)} per unit, as steeply as it can.`;
}
