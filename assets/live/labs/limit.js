/** The partial derivative as a limit: a slice of the surface, and in it a secant that turns. */

import * as m from "../mathml.js";
import { numeral } from "../numerals.js";
import { linspace } from "../shapes.js";
import { areFinite, equations, reading } from "./common.js";
import {
  amiss,
  asked,
  called,
  letter,
  letterMath,
  partialMath,
  partialName,
  slice,
  sliceHandles,
  sliceLayout,
  surfaceBox,
  tall,
  tangentAndSecant,
  untorn,
} from "./quotient.js";

// The play ends at this part of the longest h, where eye and number no longer see a difference.
const SHORTEST = 1e-5;
const POINTS = 50;
// As in calc_core/figures/space.py.
const LIFT = 0.015;

export function draw(problem, state) {
  const question = asked(problem, state);
  const isSurface = problem.names.length > 1;
  const flat = slice(problem, state, question);
  return {
    traces: {
      slice: flat,
      ...(isSurface ? { surface: surface(problem, state, question, flat) } : {}),
    },
    layouts: {
      slice: sliceLayout(problem, state, question),
      ...(isSurface ? { surface: surfaceLayout(problem, question) } : {}),
    },
    readings: readings(problem, state, question),
    words: words(problem, state, question),
    handles: sliceHandles(problem, state, question),
    picks: { surface: (place) => picked(state, question, place) },
    ...amiss(problem, state, question),
  };
}

/** h goes to 0 by equal factors, as a limit is watched: 0.1, 0.01, 0.001, … */
export function play(problem, state, part) {
  const start = Math.max(Math.abs(state.h), 0.1 * problem.longest);
  const end = SHORTEST * problem.longest;
  return { ...state, h: start * (end / start) ** part };
}

function picked(state, { chart }, [x, y]) {
  const [i, j] = chart.axes;
  return { ...state, at: state.at.with(i, x).with(j, y) };
}

// ── the surface ─────────────────────────────────────────────────────────────────────────────────

function surface(problem, state, question, { curve, moved, point }) {
  const { chart, place } = question;
  const [low, high] = chart.visible;
  const lift = LIFT * (high - low);
  const isFirst = chart.axes[0] === place;
  const still = state.at[chart.axes[isFirst ? 1 : 0]];
  // From the plane of the slice into space, a little above the surface, which would hide it.
  const placed = ({ x: along, y: up }) => {
    const across = along.map(() => still);
    return {
      x: isFirst ? along : across,
      y: isFirst ? across : along,
      z: up.map((z) => z + lift),
    };
  };
  const frame = surfaceBox(question);
  const [left, right] = frame.across;
  const corners = { x: [left, right, right, left], y: [low, low, high, high].map((z) => z - lift) };
  const inside = curve.y.map((z) => (z >= low && z <= high ? z : NaN));
  return {
    surface: { ...heightsOf(problem, state.at, question), ...chart.paint },
    plane: placed(corners),
    slice: placed({ ...curve, y: inside }),
    ...Object.fromEntries(
      Object.entries({ ...tangentAndSecant(problem, question, frame), moved, point }).map(([name, trace]) => [
        name,
        { ...placed(trace), hovertemplate: trace.hovertemplate },
      ]),
    ),
  };
}

const surfaces = new WeakMap();

/** The heights over the floor; computed once for a component, its axes and what is held still. */
function heightsOf(problem, at, { chart, part }) {
  const held = at.filter((_, k) => !chart.axes.includes(k));
  const key = [part, ...chart.axes, ...held].join(" ");
  const known = surfaces.get(problem);
  if (known?.key === key) return known.made;
  const [x, y] = chart.ranges.map(([low, high]) => linspace(low, high, POINTS));
  const [i, j] = chart.axes;
  const rows = y.map((v) => x.map((u) => problem.functions(at.with(i, u).with(j, v)).f[part]));
  const made = { x, y, z: untorn(rows, chart.visible) };
  surfaces.set(problem, { key, made });
  return made;
}

function surfaceLayout(problem, question) {
  const { chart, place, part } = question;
  const [x, y] = chart.axes.map((k) => problem.pretty[k]);
  return {
    "title.text": `The surface, cut along ${problem.pretty[place]}`,
    "scene.xaxis.title.text": x,
    "scene.yaxis.title.text": y,
    "scene.zaxis.title.text": letter(problem, part),
    "scene.xaxis.range": chart.ranges[0],
    "scene.yaxis.range": chart.ranges[1],
    "scene.zaxis.range": surfaceBox(question).up,
    "scene.aspectratio": chart.aspect,
  };
}

// ── numbers and words ───────────────────────────────────────────────────────────────────────────

function readings(problem, state, question) {
  const { h, from, to, quotient, slope, part } = question;
  const f = letterMath(problem, part);
  const derivative = partialMath(problem, question, f);
  const digits = digitsFor(from, to);
  const top = m.row(valueOf(problem, state, question, f, h), m.op("−"), valueOf(problem, state, question, f, 0));
  const numbers = m.row(m.num(to, digits), m.op("−"), bracketed(from, digits));
  const rows = [
    tall("difference quotient", m.fraction(top, m.num(h))),
    tall("in numbers", m.equation(m.fraction(numbers, m.num(h)), m.num(quotient, 6))),
    tall("partial derivative", m.equation(derivative, m.num(slope, 6))),
    reading("quotient − derivative", m.num(quotient - slope, 3)),
  ];
  return problem.components > 1 ? [...rows, ...columns(problem, question)] : rows;
}

/** All components at once: a vector function is differentiated entry by entry. */
function columns(problem, question) {
  const { all, x, moved, h, partials } = question;
  const [start, end] = [all(x), all(moved)];
  const quotients = end.map((value, i) => (value - start[i]) / h);
  const f = m.id(problem.letter);
  return [
    reading("all components: the quotients", m.column(quotients)),
    tall("their limits", m.equation(partialMath(problem, question, f), m.column(partials))),
  ];
}

/** f(1 + 0.5, 2), with the increment written out where there is one. */
function valueOf(problem, { at }, question, f, h) {
  const shifted = (x) => m.row(m.num(x), m.op(h < 0 ? "−" : "+"), m.num(Math.abs(h)));
  return called(problem, question, f, (k) => (h && k === question.place ? shifted(at[k]) : m.num(at[k])));
}

const bracketed = (value, digits) =>
  value < 0 ? m.fenced(m.num(value, digits)) : m.num(value, digits);

/** So many digits that two values are seen to differ. */
function digitsFor(a, b) {
  const size = Math.max(Math.abs(a), Math.abs(b));
  const lost = Math.ceil(Math.log10(size / Math.abs(a - b)));
  return Number.isFinite(lost) ? Math.min(Math.max(lost + 3, 4), 17) : 4;
}

function words(problem, state, question) {
  const { h, from, to, slope, quotient, place, part } = question;
  const held = state.at.map((value, k) => ({ value, k })).filter(({ k }) => k !== place);
  const still = held.map(({ value, k }) => `${problem.pretty[k]} = ${numeral(value)}`).join(", ");
  const x = problem.pretty[place];
  const cut = still
    ? {
        surface:
          `Where ${still} is held still, the surface of ${letter(problem, part)} is cut in a curve; ` +
          `on it only ${x} moves.`,
      }
    : {};
  if (!areFinite(from, to)) return cut;
  const secant = `Over h = ${numeral(h)} the secant has slope ${numeral(quotient)}`;
  const limit = areFinite(slope)
    ? `; the tangent at ${equations(problem, state.at)} has slope ${partialName(problem, question)} = ${numeral(slope)}.`
    : "; no tangent is drawn.";
  return { ...cut, slice: secant + limit };
}
