/**
 * What limit.js and error.js share: a function of one variable, which is the given one with all the
 * others held still, and its difference quotients.
 */

import * as m from "../mathml.js";
import { numeral, subscript } from "../numerals.js";
import { linspace } from "../shapes.js";
import { areFinite, clamp, equations, lengthsOf, reading, undefinedHere } from "./common.js";
import { isTorn } from "./tears.js";
import { NOTHING, mark } from "./traces.js";

/** The distance from 1 to the next double: every value of f is off by half of it, relatively. */
export const EPSILON = Number.EPSILON;

// As in calc_core/geometry/sampling.py.
const CURVE_POINTS = 401;
// A leg of the quotient bears its name if it is this part of its axis, or longer.
const READABLE = { across: 0.12, up: 0.22 };
// Nearer to the end of the axis than this a name stands on the inner side.
const BESIDE = 0.12;
// More variables than this are not written out in f(x + h, y, …).
const WRITTEN = 3;

/** A place at which a handle can always be got hold of. */
const within = (value, ends) => (Number.isNaN(value) ? (ends[0] + ends[1]) / 2 : clamp(value, ...ends));

// ── the question ────────────────────────────────────────────────────────────────────────────────

/**
 * Which variable moves, of which component, how far, and what comes of it.
 *
 * `value(t)`: the component with the variable at t; `h`: as far as the machine really goes, for
 * x + h is rounded (Press et al., Numerical Recipes, 3rd edition, §5.7).
 */
export function asked(problem, state) {
  const { names, components, longest } = problem;
  const place = Math.max(names.indexOf(state.wrt), 0);
  const part = clamp(Math.round(Number(state.part)) || 1, 1, components) - 1;
  const x = state.at[place];
  const size = clamp(Math.abs(state.h) || longest, 1e-16 * longest, 1e3 * longest);
  const moved = x + (state.left ? -size : size);
  const h = moved - x;
  const all = (t) => problem.functions(state.at.with(place, t)).f;
  const value = (t) => all(t)[part];
  const { slopes } = problem.functions(state.at);
  const partials = Array.from({ length: components }, (_, i) => slopes[i * names.length + place]);
  return {
    place, part, x, h, size, moved, all, value, partials,
    from: value(x),
    to: value(moved),
    slope: partials[part],
    quotient: (value(moved) - value(x)) / h,
    chart: problem.charts[names[place]][part],
  };
}

/** [f(x + h) − f(x)] / h, for an h of either sign. */
export function oneSided(value, x, h) {
  return (value(x + h) - value(x)) / (x + h - x);
}

/** [f(x + h) − f(x − h)] / 2h. */
export function central(value, x, h) {
  return (value(x + h) - value(x - h)) / (x + h - (x - h));
}

// ── names ───────────────────────────────────────────────────────────────────────────────────────

/** The component's letter as text: f, or f₁ of several. */
export const letter = ({ letter: f, components }, part) => (components > 1 ? f + subscript(part + 1) : f);

/** The same as a formula. */
export const letterMath = ({ letter: f, components }, part) =>
  m.id(components > 1 ? `${f}_${part + 1}` : f);

const sign = ({ names }) => (names.length > 1 ? "∂" : "d");

/** ∂f/∂x as text, or df/dx where x is the only variable. */
export const partialName = (problem, { place, part }) =>
  `${sign(problem)}${letter(problem, part)}/${sign(problem)}${problem.pretty[place]}`;

/** ∂f/∂x as a formula, of a component or of the whole function. */
export function partialMath(problem, { place }, f) {
  const d = m.op(sign(problem));
  return m.fraction(m.row(d, f), m.row(d, m.id(problem.names[place])));
}

/** A row of the small table with fractions large enough to be read. */
export const tall = (label, ...parts) => reading(label, m.displayed(m.row(...parts)));

/** f(…, a, …), with its arguments as they are to be written; of many only the one that moves. */
export function called({ names }, { place }, f, write) {
  const last = names.length - 1;
  const dots = (isThere) => (isThere ? [m.op("…")] : []);
  const parts = names.length > WRITTEN
    ? [...dots(place > 0), write(place), ...dots(place < last)]
    : names.map((_, k) => write(k));
  return m.row(f, m.fenced(m.row(...parts.flatMap((part) => [m.op(","), part]).slice(1))));
}

// ── the slice in the plane ──────────────────────────────────────────────────────────────────────

/** The range of the variable that moves. */
const across = ({ chart, place }) => chart.ranges[chart.axes.indexOf(place)];

/** The heights with a margin. */
function padded([low, high]) {
  const margin = 0.06 * (high - low) || 1;
  return [low - margin, high + margin];
}

/** In which part of the plane of the slice the surface is drawn. */
export const surfaceBox = (question) => ({ across: across(question), up: padded(question.chart.visible) });

/** The part in which its curve is: that stays while the point goes along it. */
export function sliceBox(problem, state, question) {
  const [low, high] = question.chart.visible;
  const heights = sliceCurve(problem, state, question).y.filter((y) => y >= low && y <= high);
  const ends = heights.length ? [Math.min(...heights), Math.max(...heights)] : [low, high];
  return { across: across(question), up: padded(ends) };
}

/** The axes of the slice. */
export function sliceLayout(problem, state, question) {
  const { across, up } = sliceBox(problem, state, question);
  const name = problem.pretty[question.place];
  const title = problem.names.length > 1 ? `The slice: only ${name} moves` : "The graph and a secant";
  return {
    "title.text": title,
    "xaxis.title.text": name,
    "xaxis.range": across,
    "yaxis.title.text": letter(problem, question.part),
    "yaxis.range": up,
  };
}

const curves = new WeakMap();

/** t ↦ f(…, t, …) over the range of the variable; computed once for what is held still. */
function sliceCurve(problem, { at }, question) {
  const { place, part, value, chart } = question;
  const key = [part, place, ...at.with(place, NaN)].join(" ");
  const known = curves.get(problem);
  if (known?.key === key) return known.curve;
  const x = linspace(...across(question), CURVE_POINTS);
  const curve = { x, y: untorn([x.map(value)], chart.visible)[0] };
  curves.set(problem, { key, curve });
  return curve;
}

/** The piece of a line that is in the picture, by its two ends; none if the slope is no number. */
export function lineInBox([x, y], slope, { across, up }) {
  if (!areFinite(x, y, slope)) return NOTHING;
  const reaches = slope === 0 ? across : up.map((height) => x + (height - y) / slope).sort((a, b) => a - b);
  const ends = [Math.max(across[0], reaches[0]), Math.min(across[1], reaches[1])];
  if (ends[0] >= ends[1] || (slope === 0 && (y < up[0] || y > up[1]))) return NOTHING;
  return { x: ends, y: ends.map((t) => y + slope * (t - x)) };
}

/** Curve, secant, tangent and the two legs of the quotient. */
export function slice(problem, state, question) {
  const { x, from, moved, to, place } = question;
  const frame = sliceBox(problem, state, question);
  return {
    curve: sliceCurve(problem, state, question),
    ...tangentAndSecant(problem, question, frame),
    legs: { x: [x, moved, moved], y: [from, from, to] },
    marks: marks(problem, question, frame),
    moved: mark([moved, to], `${problem.pretty[place]} + h = ${numeral(moved)}<br>f = ${numeral(to)}`),
    point: mark([x, from], `${problem.pretty[place]} = ${numeral(x)}<br>f = ${numeral(from)}`),
  };
}

/** The two lines through the point, as far as they are in a box. */
export function tangentAndSecant(problem, question, frame) {
  const { x, from, slope, quotient, h } = question;
  return {
    tangent: {
      ...lineInBox([x, from], slope, frame),
      hovertemplate: `tangent: slope ${partialName(problem, question)} = ${numeral(slope)}<extra></extra>`,
    },
    secant: {
      ...lineInBox([x, from], quotient, frame),
      hovertemplate: `secant over h = ${numeral(h)}: slope ${numeral(quotient)}<extra></extra>`,
    },
  };
}

/** The names of the legs, h and Δf, where there is room for them. */
function marks(problem, { x, from, moved, to, h, part }, { across, up }) {
  const [width, height] = lengthsOf([across, up]);
  const isLong = areFinite(from, to) && Math.abs(h) > READABLE.across * width;
  const isTall = areFinite(from, to) && Math.abs(to - from) > READABLE.up * height;
  const toEdge = h > 0 ? across[1] - moved : moved - across[0];
  const isRight = h > 0 === toEdge > BESIDE * width;
  return {
    x: [isLong ? (x + moved) / 2 : NaN, isTall ? moved : NaN],
    y: [from, (from + to) / 2],
    // The leg is dotted: so far from it its name can be read.
    text: ["h", `\u00a0Δ${letter(problem, part)}\u00a0`],
    textposition: [to >= from ? "bottom center" : "top center", isRight ? "middle right" : "middle left"],
  };
}

/** The point, and the end of the step, each on the curve. */
export function sliceHandles(problem, state, question) {
  const { place, x, moved, from, to, h } = question;
  const { across, up } = sliceBox(problem, state, question);
  return [
    {
      id: "at",
      figure: "slice",
      at: [within(x, across), within(from, up)],
      label: "The point",
      text: equations(problem, state.at),
      move: ([t]) => ({ ...state, at: state.at.with(place, t) }),
    },
    {
      id: "h",
      figure: "slice",
      shape: "corner",
      at: [within(moved, across), within(to, up)],
      label: "The end of the step h",
      text: `h = ${numeral(h)}`,
      move: ([t]) => stepTo(problem, state, t - x),
    },
  ];
}

/** The state with another h; 0 itself is not in the quotient's domain. */
function stepTo({ longest }, state, h) {
  return { ...state, h: Math.max(Math.abs(h), 1e-4 * longest), left: h < 0 };
}

// ── what is amiss ───────────────────────────────────────────────────────────────────────────────

/** A sentence where the quotient or the derivative has no value, and a way out. */
export function amiss(problem, state, question) {
  const { from, to, slope, part, place, moved, quotient } = question;
  const entry = part * problem.names.length + place;
  if (!areFinite(from)) {
    return undefinedHere(problem, state, ({ f, slopes }) => areFinite(f[part], slopes[entry]));
  }
  const name = problem.pretty[place];
  if (!areFinite(to)) {
    const note = `At ${name} = ${numeral(moved)}, the end of the step, the function has no value.`;
    if (!areFinite(question.value(question.x - question.h))) return { note };
    return { note, offer: { label: "Take the step the other way", state: { ...state, left: !state.left } } };
  }
  if (!areFinite(quotient)) {
    return { note: `The step is so short that ${name} + h is ${name} itself to the machine: 0/0.` };
  }
  return areFinite(slope) ? {} : { note: withoutSlope(problem, question) };
}

/** The function has a value here, and the rules give none of its derivative. */
function withoutSlope(problem, question) {
  const { value, x, size } = question;
  const [right, left] = [oneSided(value, x, size), oneSided(value, x, -size)];
  return (
    `The rules give no value of ${partialName(problem, question)} here. At this h the quotient is ` +
    `${numeral(right)} from the right and ${numeral(left)} from the left: follow both as h goes to 0. ` +
    "There is a derivative if they have one and the same limit."
  );
}

// ── numbers that fit into a picture ─────────────────────────────────────────────────────────────

/**
 * Rows of heights without the walls that would join +∞ and −∞ at a pole, as in
 * calc_core/geometry/poles.py.
 */
export function untorn(rows, [low, high]) {
  const reach = 4 * (high - low) || 1;
  const isGap = isTorn(rows, [low, high]);
  return rows.map((row, j) =>
    row.map((z, i) =>
      !Number.isFinite(z) || isGap(j, i) ? NaN : clamp(z, low - reach, high + reach),
    ),
  );
}
