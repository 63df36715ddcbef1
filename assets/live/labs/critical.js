/** All critical points in a box: to be visited, each with what the Hessian says about it. */

import { levelCurve } from "../levels.js";
import { add, eigenSymmetric, scale } from "../linear.js";
import * as m from "../mathml.js";
import { columns } from "../meshes.js";
import { numeral, vector } from "../numerals.js";
import { linspace } from "../shapes.js";
import {
  areFinite,
  clamp,
  equations,
  handleOnCurve,
  hasHessian,
  heights,
  inSight,
  lengthsOf,
  pointHandle,
  reading,
  shownPart,
  spans,
  undefinedHere,
  valueAt,
} from "./common.js";
import { NOTHING, NOTHING_IN_SPACE, flatPoints, mark } from "./traces.js";

// How far the principal directions are drawn, as a part of the smaller range, and with how many
// points where they follow the surface.
const REACH = 0.09;
const POINTS = 25;
const LIFT = 0.02;
// The hand is drawn to a critical point from so near, as a part of the ranges; a click from further.
const MAGNET = 0.02;
const CLICK = 0.05;
// The address keeps six digits of the point.
const SAME = 1e-5;
// A gradient this short, beside the bending, is 0 but for rounding.
const LEVEL = 1e-9;
const RELATIVE_ZERO = 1e-9;
const ABSOLUTE_ZERO = 1e-12;
const MANY = 3;
const FADED = 0.25;
const NAMES = ["first", "second", "third"];

export function draw(problem, state) {
  const here = lookedAt(problem, state);
  const n = problem.names.length;
  const isCurve = n === 1;
  const flat = isCurve ? "curve" : "levels";
  const nothing = here.number < 0 && !here.isDefined ? undefinedHere(problem, state, hasHessian) : {};
  return inSight(problem, state, {
    traces: {
      ...(isCurve ? { curve: curve(problem, here) } : { levels: levels(problem, here) }),
      ...(n === 2 ? { surface: surface(problem, here) } : {}),
      ...(n === 3 ? { space: space(problem, here) } : {}),
    },
    readings: readings(problem, here),
    words: words(problem, here),
    shows: { spot: here.number < 0 ? "" : String(here.number) },
    handles: [handle(problem, state, here, flat)],
    picks: {
      ...(n === 2 ? { surface: (at) => clicked(problem, state, at.slice(0, 2), problem.shown) } : {}),
      ...(n === 3 ? { space: (at) => clicked(problem, state, at, [0, 1, 2]) } : {}),
    },
    ...(here.isSilent ? { note: silence(problem, here) } : {}),
    ...nothing,
  });
}

export const actions = {
  /** Go to a critical point of the list; to none of them is to stay. */
  spot: ({ spots }, state, value) => {
    const spot = value ? spots[Number(value)] : undefined;
    return spot ? { ...state, at: [...spot.at] } : state;
  },
};

// ── where the point is ──────────────────────────────────────────────────────────────────────────

/** The function at the point; at a critical point with all of its digits. */
function lookedAt(problem, state) {
  const number = problem.spots.findIndex(({ at }) => isSame(at, state.at));
  const spot = problem.spots[number];
  const at = spot ? spot.at : state.at;
  const { f: computed, gradient, hessian } = problem.functions(at);
  const f = spot?.value ?? computed;
  const isDefined = hasHessian({ f, gradient, hessian });
  const bent = eigenSymmetric(Array.from(hessian), at.length);
  const isSilent = spot?.kind === "undecided";
  // What decides nothing is written as the 0 that it cannot be told from.
  const values = isSilent ? bent.values.map((value) => (sign(value, bent.values) ? value : 0)) : bent.values;
  return {
    number,
    spot,
    at,
    f,
    gradient,
    values,
    vectors: bent.vectors,
    isDefined,
    isLevel: isDefined && isLevel(gradient, values),
    isSilent,
  };
}

const isLevel = (gradient, values) =>
  Math.max(...gradient.map(Math.abs)) <= LEVEL * Math.max(1, ...values.map(Math.abs));

const isSame = (some, others) =>
  some.every((x, k) => Math.abs(x - others[k]) <= SAME * Math.max(Math.abs(x), 1e-3));

/** How far apart along some axes, as the larger part of the box. */
function apart(problem, places, some, others) {
  const parts = places.map((place, k) => {
    const [low, high] = problem.box[place];
    return Math.abs(some[k] - others[k]) / (high - low);
  });
  return Math.max(...parts);
}

function nearest(problem, places, part) {
  let best = { away: Infinity };
  for (const spot of problem.spots) {
    const away = apart(problem, places, places.map((k) => spot.at[k]), part);
    if (away < best.away) best = { spot, away };
  }
  return best;
}

/** The point as it is dragged: near a critical point it snaps to it, unless it is on its way out. */
function handle(problem, state, here, figure) {
  const isCurve = figure === "curve";
  const plain = isCurve
    ? handleOnCurve(problem, state, figure, here.f)
    : pointHandle(problem, state, figure);
  const from = shownPart(problem, state.at);
  const move = (to) => {
    const part = isCurve ? to.slice(0, 1) : to;
    const { spot, away } = nearest(problem, problem.shown, part);
    const isComing = spot && away < apart(problem, problem.shown, shownPart(problem, spot.at), from);
    return away < MAGNET && isComing ? { ...state, at: [...spot.at] } : plain.move(part);
  };
  return { ...plain, move };
}

function clicked(problem, state, at, places) {
  const { spot, away } = nearest(problem, places, at);
  if (spot && (away < CLICK || places.length === 3)) return { ...state, at: [...spot.at] };
  return places.length === 3 ? state : pointHandle(problem, state, "levels").move(at);
}

// ── traces ──────────────────────────────────────────────────────────────────────────────────────

/** Solid where f bends up, dashed where it bends down, dotted where it does neither. */
const dash = (value, values) => ({ 1: "solid", [-1]: "dash", 0: "dot" })[sign(value, values)];

function sign(value, values) {
  const zero = Math.max(RELATIVE_ZERO * Math.max(...values.map(Math.abs)), ABSOLUTE_ZERO);
  return Math.abs(value) <= zero ? 0 : Math.sign(value);
}

const bends = (value, values) =>
  ({ 1: "f bends up", [-1]: "f bends down", 0: "f does not bend" })[sign(value, values)];

const hover = ({ values, vectors }, k) =>
  `${bends(values[k], values)} along ${vector(vectors[k], 3)}<br>λ = ${numeral(values[k])}<extra></extra>`;

function curve(problem, { at, f, gradient }) {
  const [length] = spans(problem);
  const [slope] = gradient;
  const half = 0.12 * length;
  const line = { x: [at[0] - half, at[0] + half], y: [f - slope * half, f + slope * half] };
  return {
    tangent: areFinite(f, slope) ? line : NOTHING,
    point: mark([at[0], f], `slope = ${numeral(slope)}`),
  };
}

function levels(problem, here) {
  const { at, f } = here;
  const part = shownPart(problem, at);
  const { xs, ys, z } = heights(problem, at);
  const isSlice = at.length > 2;
  const [low, high] = problem.visible;
  const clipped = () => z.map((row) => row.map((v) => clamp(v, low, high)));
  return {
    ...(isSlice ? { levels: { z: clipped() }, ...faded(problem, at) } : principal(problem, here)),
    level: areFinite(f) ? levelCurve(xs, ys, z, f) : NOTHING,
    point: mark(part, `${equations(problem, at)}<br>f = ${numeral(f)}`),
  };
}

/** Both ways from the point along each principal direction. */
function principal(problem, here) {
  const reach = REACH * Math.min(...spans(problem));
  const line = (direction) =>
    flatPoints([-reach, reach].map((t) => add(here.at, scale(direction, t))));
  const traces = here.vectors.map((direction, k) => [
    NAMES[k],
    here.isDefined
      ? { ...line(direction), "line.dash": dash(here.values[k], here.values), hovertemplate: hover(here, k) }
      : NOTHING,
  ]);
  return Object.fromEntries(traces);
}

/** Marks that lie beside the slice are pale. */
function faded(problem, at) {
  const held = at.map((_, k) => k).filter((k) => !problem.shown.includes(k));
  const isIn = (spot) => held.every((k) => Math.abs(spot.at[k] - at[k]) <= SAME * Math.max(Math.abs(at[k]), 1e-3));
  const kinds = [...new Set(problem.spots.map(({ kind }) => kind))];
  return Object.fromEntries(
    kinds.map((kind) => {
      const group = problem.spots.filter((spot) => spot.kind === kind);
      return [kind, { "marker.opacity": group.map((spot) => (isIn(spot) ? 1 : FADED)) }];
    }),
  );
}

function surface(problem, here) {
  const lift = LIFT * (problem.visible[1] - problem.visible[0]);
  const reach = REACH * Math.min(...spans(problem));
  const [x, y] = here.at;
  const along = (direction, k) => {
    const points = linspace(-reach, reach, POINTS).map((t) => add(here.at, scale(direction, t)));
    return {
      ...flatPoints(points),
      z: points.map((point) => problem.functions(point).f + lift),
      "line.dash": dash(here.values[k], here.values),
      hovertemplate: hover(here, k),
    };
  };
  const traces = here.vectors.map((direction, k) => [
    NAMES[k],
    here.isDefined ? along(direction, k) : NOTHING_IN_SPACE,
  ]);
  return { ...Object.fromEntries(traces), point: { x: [x], y: [y], z: [here.f + lift] } };
}

function space(problem, here) {
  const reach = 2 * REACH * Math.min(...lengthsOf(problem.box));
  const traces = here.vectors.map((direction, k) => {
    if (!here.isDefined) return [NAMES[k], NOTHING_IN_SPACE];
    const ends = [-reach, reach].map((t) => add(here.at, scale(direction, t)));
    return [NAMES[k], { ...columns(ends), "line.dash": dash(here.values[k], here.values), hovertemplate: hover(here, k) }];
  });
  return { ...Object.fromEntries(traces), point: columns([here.at]), slice: slice(problem, here.at) };
}

/** The rim of the slice that the flat figure shows. */
function slice({ box, shown }, at) {
  const corners = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]].map((corner) =>
    at.map((value, k) => (shown.includes(k) ? box[k][corner[shown.indexOf(k)]] : value)),
  );
  return columns(corners);
}

// ── numbers and words ───────────────────────────────────────────────────────────────────────────

const lambda = (k, n) => (n === 1 ? m.id("λ") : m.sub(m.id("λ"), m.num(k + 1)));

function readings(problem, here) {
  const { at, f, gradient, values, vectors, spot, isDefined } = here;
  const n = at.length;
  const rows = areFinite(f) ? [reading("value", m.equation(valueAt(problem, at), m.num(f)))] : [];
  if (!isDefined) return spot ? [...rows, reading("the point is", m.text(verdict(problem, here)))] : rows;
  rows.push(
    reading("gradient", m.equation(m.row(m.op("∇"), m.id(problem.letter)), m.rowVector(flush(gradient, spot)))),
  );
  if (n === 1) {
    rows.push(reading("second derivative", m.equation(m.row(m.sup(m.id(problem.letter), m.op("″")), m.fenced(m.num(at[0]))), m.num(values[0]))));
  } else if (n <= MANY) {
    values.forEach((value, k) => {
      const along = [m.text("\u00a0along\u00a0"), m.tuple(vectors[k], 3)];
      rows.push(reading(`eigenvalue ${k + 1} of H`, m.equation(lambda(k, n), m.num(value)), ...along));
    });
  } else {
    rows.push(reading("eigenvalues of H", m.tuple(values)));
  }
  rows.push(reading("the point is", m.text(verdict(problem, here))));
  return rows;
}

/** At a certified point what is left of the gradient is rounding. */
const flush = (gradient, spot) => Array.from(gradient, (slope) => (spot?.certified ? 0 : slope));

function verdict(problem, { spot, isLevel }) {
  if (problem.constant) return "critical, as every point is: f is constant";
  if (spot) return spot.certified ? `a ${spot.kind}, certified` : "undecided by the second derivatives";
  return isLevel ? "level, but not certified" : "not critical";
}

function words(problem, here) {
  const figure = problem.names.length === 1 ? "curve" : "levels";
  const said = { [figure]: here.spot ? visited(problem, here) : around(problem, here) };
  if (problem.names.length === 2) {
    said.surface = here.spot && here.isDefined
      ? `Here the surface is level. ${bendsOf(here)}`
      : "At a critical point the tangent plane is level; the two curves then show how f bends.";
  }
  if (problem.names.length === 3) {
    said.space = `The critical points in the box${here.spot ? `; this is number ${here.number + 1}` : ""}. The frame is the slice of the flat figure.`;
  }
  return said;
}

function visited(problem, here) {
  const { number, spot, at, f } = here;
  const count = problem.spots.length;
  const head = `Point ${number + 1} of ${count}: ${equations(problem, at)}, where ${problem.letter} = ${numeral(f)}.`;
  if (here.isSilent) return `${head} An eigenvalue of H is 0, or too near to it to be told apart.`;
  return `${head} ${why(here)} a ${spot.kind}.`;
}

/** What the second-derivative test goes by. */
function why({ values, spot }) {
  if (values.length === 1) return `The second derivative is ${values[0] > 0 ? "positive" : "negative"}:`;
  const all = values.length === 2 ? "Both" : "All";
  if (spot.kind === "minimum") return `${all} eigenvalues of H are positive:`;
  if (spot.kind === "maximum") return `${all} eigenvalues of H are negative:`;
  return "H has eigenvalues of both signs:";
}

function bendsOf({ values }) {
  const signs = values.map((value) => sign(value, values));
  if (signs.includes(1) && signs.includes(-1)) return "Along one curve f is least here, along the other greatest.";
  if (signs.includes(0)) return "In a direction with eigenvalue 0 the second derivatives do not say which way it turns.";
  return signs[0] > 0 ? "It bends up along both curves." : "It bends down along both curves.";
}

function around(problem, { at, isDefined, isLevel }) {
  const { spots, complete, constant } = problem;
  if (constant) return "f is constant: every point is critical.";
  const level = "Here the gradient is 0 as far as the arithmetic can tell, but this is no certified point. ";
  const head = isLevel ? level : isDefined ? "Here the gradient is not 0. " : "";
  if (!spots.length) {
    if (complete) return `${head}It is 0 nowhere in this box: there is no critical point.`;
    return `${head}No point is certified in this box, and a part of it is not decided.`;
  }
  const { spot } = nearest(problem, problem.shown, shownPart(problem, at));
  const number = spots.indexOf(spot) + 1;
  return `${head}The nearest point of the list is number ${number} (${spot.kind}), at ${equations(problem, spot.at)}.`;
}

function silence(problem, { spot }) {
  return `The second-derivative test is silent here: det H = 0 as far as the arithmetic can tell. A further look: ${spot.examined}`;
}
