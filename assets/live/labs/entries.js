/** One entry of the Jacobian: the slope of one component along one variable, the others held. */

import * as m from "../mathml.js";
import { numeral } from "../numerals.js";
import { linspace } from "../shapes.js";
import { around } from "./axes.js";
import { areFinite, clamp, equations, reading, undefinedHere } from "./common.js";
import { entryName, table } from "./table.js";
import { blank, mark } from "./traces.js";

const SAMPLES = 241;
// A variable without a range of its own is shown so far to both sides.
const AROUND = 2;
// How far a curve with poles is followed, in distances of its quantiles, as in poles.py.
const REACH = 1.5;
const STEP = 0.2;

export function draw(problem, state) {
  const here = look(problem, state);
  const isGood = isGoodFor(here);
  const good = isGood(here.values);
  return {
    traces: {
      matrix: { matrix: table(problem, here.values.jacobian), picked: outline(here) },
      partial: partial(here, good),
    },
    layouts: { partial: titles(problem, here) },
    readings: readings(problem, here, good),
    words: good ? words(problem, here) : {},
    handles: handles(problem, state, here),
    ...(good ? {} : undefinedHere(problem, state, isGood)),
  };
}

/** Whether the component and the entry have values; the others need none. */
const isGoodFor =
  ({ i, place }) =>
  ({ f, jacobian }) =>
    areFinite(f[i], jacobian[place]);

function look(problem, { at, row, col }) {
  const n = problem.names.length;
  const i = index(row, problem.rows);
  const j = index(col, n);
  const values = problem.functions(at);
  return {
    at,
    i,
    j,
    place: i * n + j,
    values,
    f: values.f[i],
    slope: values.jacobian[i * n + j],
    name: entryName(problem, i, j),
    ...along(problem, at, i, j),
  };
}

/** A row or a column that the table has. */
const index = (text, count) => clamp((Number.parseInt(text, 10) || 1) - 1, 0, count - 1);

/** The component along the variable: its range, and its values without the spikes at poles. */
function along(problem, at, i, j) {
  const range = problem.ranges_of[j] ?? [at[j] - AROUND, at[j] + AROUND];
  const xs = linspace(...range, SAMPLES);
  const ys = xs.map((x) => problem.functions(at.with(j, x)).f[i]);
  const [low, high] = bulk(ys);
  return { range, xs, ys: ys.map((y) => (y >= low && y <= high ? y : NaN)), low, high };
}

/** A range that holds the bulk of the values; all of them, if there are no spikes. */
function bulk(values) {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  if (sorted.length === 0) return [-1, 1];
  const at = (part) => sorted[Math.round(part * (sorted.length - 1))];
  const margin = REACH * (at(0.9) - at(0.1));
  const [low, high] = [at(0), at(1)];
  // A tail of ordinary length is no pole.
  const isSpiky = high - low > 8 * (at(0.9) - at(0.1)) && margin > 0;
  return isSpiky ? [Math.max(low, at(0.1) - margin), Math.min(high, at(0.9) + margin)] : [low, high];
}

// ── what is drawn ───────────────────────────────────────────────────────────────────────────────

/** The frame around the picked cell; row i stands at the height −i. */
function outline({ i, j }) {
  const [x, y] = [[-0.48, 0.48, 0.48, -0.48, -0.48], [-0.47, -0.47, 0.47, 0.47, -0.47]];
  return { x: x.map((dx) => j + dx), y: y.map((dy) => dy - i) };
}

function partial(here, good) {
  const { at, j, f, xs, ys, slope, name } = here;
  const curve = { x: xs, y: ys };
  if (!good) return { curve, ...blank(["tangent", "step", "point"]) };
  const [left, right] = tangentEnds(here);
  const line = (x) => f + slope * (x - at[j]);
  const run = STEP * (here.range[1] - here.range[0]);
  const rise = Math.abs(slope * run) <= here.high - here.low ? slope * run : NaN;
  return {
    curve,
    tangent: { x: [left, right], y: [line(left), line(right)] },
    step: { x: [at[j], at[j] + run, at[j] + run], y: [f, f, f + rise] },
    point: mark([at[j], f], `${name} = ${numeral(slope)}`),
  };
}

/** So much of the tangent as stays, by and large, where the curve is. */
function tangentEnds({ at, j, range, slope, low, high }) {
  const length = range[1] - range[0];
  const height = high - low || 1;
  const reach = Math.min(0.4 * length, slope === 0 ? Infinity : (0.6 * height) / Math.abs(slope));
  return [at[j] - reach, at[j] + reach];
}

const titles = (problem, { i, j, range, low, high }) => ({
  "xaxis.range": range,
  "yaxis.range": around(low, high),
  "title.text": `${problem.components[i]} along ${problem.pretty[j]}`,
  "xaxis.title.text": problem.pretty[j],
  "yaxis.title.text": problem.components[i],
});

// ── what can be taken hold of ───────────────────────────────────────────────────────────────────

function handles(problem, state, { at, i, j, f, name, slope }) {
  const n = problem.names.length;
  const picked = {
    id: "entry",
    figure: "matrix",
    shape: "none",
    at: [j, -i],
    step: [1, 1],
    label: "The entry",
    text: `${name} = ${numeral(slope)}`,
    move: ([x, y]) => ({
      ...state,
      row: String(clamp(Math.round(-y), 0, problem.rows - 1) + 1),
      col: String(clamp(Math.round(x), 0, n - 1) + 1),
    }),
  };
  const point = {
    id: "at",
    figure: "partial",
    at: [at[j], f],
    label: `The point along ${problem.pretty[j]}`,
    text: equations(problem, at),
    move: ([x]) => ({ ...state, at: at.with(j, x) }),
  };
  return Number.isFinite(f) ? [picked, point] : [picked];
}

// ── what is said ────────────────────────────────────────────────────────────────────────────────

function readings(problem, { i, j, f, place, slope, values }, good) {
  const d = m.op("∂");
  const component = m.id(problem.rows > 1 ? `${problem.letter}_${i + 1}` : problem.letter);
  const symbol = m.fraction(m.row(d, component), m.row(d, m.id(problem.names[j])));
  const formula = problem.formulas[place];
  const named = formula ? m.equation(symbol, formula) : symbol;
  const rows = [reading("Jacobian", m.equation(m.id("J"), m.matrix(values.jacobian, problem.rows, problem.names.length)))];
  if (!good) return rows;
  return [
    reading(`row ${i + 1}, column ${j + 1}`, m.displayed(m.equation(named, m.num(slope)))),
    reading("value of the component", m.equation(component, m.num(f))),
    ...rows,
  ];
}

function words(problem, { at, i, j, f, slope, name }) {
  const [component, variable] = [problem.components[i], problem.pretty[j]];
  const others = problem.pretty.length > 1 ? `, the other variables held still` : "";
  return {
    matrix:
      `Row ${i + 1}, column ${j + 1}: ${name} = ${numeral(slope)}. The row is the gradient of ` +
      `${component}, the column what a step in ${variable} does to all components.`,
    partial: `At ${equations(problem, at)}, where ${component} = ${numeral(f)}: ${change(component, variable, slope)}${others}.`,
  };
}

function change(component, variable, slope) {
  if (slope === 0) return `to first order ${component} does not change with ${variable}`;
  const way = slope > 0 ? "grows" : "falls";
  const size = Math.abs(slope) === 1 ? "h" : `${numeral(Math.abs(slope))} h`;
  return `when ${variable} grows by a small h, ${component} ${way} by about ${size}`;
}
