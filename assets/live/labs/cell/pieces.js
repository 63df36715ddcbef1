/** What the models of cells share: the cell, its edge, signed areas, and numbers in words. */

import { add, cross, norm, scale, subtract } from "../../linear.js";
import * as m from "../../mathml.js";
import { digitsOf } from "../../measures.js";
import { columns as space } from "../../meshes.js";
import { numeral } from "../../numerals.js";
import { linspace } from "../../shapes.js";
import { fromZero } from "../axes.js";
import { areFinite, equations, reading, spans, visualUnit } from "../common.js";

// As in calc_core/labs/cell.py.
const SMALLEST = 0.004;
const LARGEST = 0.8;
// What is this much smaller than the terms it came from cannot be told from 0.
const CANCELLED = 1e-13;
// Ratios are shown up to so many times what they tend to.
const HIGHEST = 8;
// From where a play that makes a cell smaller begins, if it is small already.
const START = 0.5;

export const NOTHING = { x: [], y: [] };
export const NOTHING_IN_SPACE = { x: [], y: [], z: [] };

export const isGood = ({ f, jacobian }) => areFinite(f, jacobian);

const clamp = (x, low, high) => Math.max(low, Math.min(high, x));

/** The size of the cell that a state asks for, as a part of the ranges. */
export const partOf = ({ cell }) => clamp(cell, SMALLEST, LARGEST);

/** Another size, to three digits: dragged numbers are round. */
const withPart = (state, part) => ({
  ...state,
  cell: Number(clamp(part || SMALLEST, SMALLEST, LARGEST).toPrecision(3)),
});

/** The cell shrinks, evenly on the scale of powers of ten. */
export function shrunk(state, progress) {
  const from = state.cell > 4 * SMALLEST ? partOf(state) : START;
  return withPart(state, from * (SMALLEST / from) ** progress);
}

/** The side of the largest square on the axes as they are drawn. */
export function base(problem) {
  const unit = visualUnit(problem);
  return Math.min(...spans(problem).map((length, k) => length / unit[k]));
}

/** The sides of the cell. */
export const sidesOf = (problem, part) => scale(visualUnit(problem), part * base(problem));

/** The edge of the unit square around 0, counter-clockwise from the lower left, and closed. */
export function square(count) {
  const along = linspace(0, 1, count + 1).slice(0, -1);
  const corners = [[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5]];
  const ways = [[1, 0], [0, 1], [-1, 0], [0, -1]];
  const edge = corners.flatMap((corner, k) => along.map((t) => add(corner, scale(ways[k], t))));
  return [...edge, edge[0]];
}

/** A figure around 0 put at a place, with other sides. */
export const placed = (points, at, sides) =>
  points.map((point) => point.map((x, k) => at[k] + sides[k] * x));

/** det of a 2×2 matrix, with 0 for what cannot be told from it. */
export function determinant2([a, b, c, d]) {
  const [one, other] = [a * d, b * c];
  const det = one - other;
  return Math.abs(det) <= CANCELLED * (Math.abs(one) + Math.abs(other)) ? 0 : det;
}

/** Points as the columns of a trace. */
export const plane = (points) => ({ x: points.map(([x]) => x), y: points.map(([, y]) => y) });
export { space };

/** The handle at the corner of the cell. */
export function cornerHandle(problem, state, figure) {
  const part = partOf(state);
  const corner = add(state.at, scale(sidesOf(problem, part), 0.5));
  const unit = visualUnit(problem);
  return {
    id: "corner",
    figure,
    shape: "corner",
    at: corner,
    label: "A corner of the cell",
    text: `sides ${sidesOf(problem, part).map((side) => numeral(side, 3)).join(" and ")}`,
    // Half the sum: so each of the arrow keys makes the cell larger or smaller.
    move: (place) => {
      const [a, b] = subtract(place, state.at).map((x, k) => x / unit[k]);
      return withPart(state, (a + b) / base(problem));
    },
  };
}

/** The handle of a curve of ratios: to the left the cell is smaller. */
export function sizeHandle(problem, state, at, unit) {
  return {
    id: "size",
    figure: "ratio",
    at,
    label: "The size of the cell",
    text: numeral(at[0], 3),
    move: ([size]) => withPart(state, size / unit),
  };
}

/** Sizes of cells from the smallest to the largest, evenly on the scale of powers of ten. */
export const parts = (count) =>
  linspace(Math.log(SMALLEST), Math.log(LARGEST), count).map((exponent) => Math.exp(exponent));

/** Axes for a curve of ratios and what they tend to; near a pole they may leave the figure. */
export function ratioAxes(curve, limit, unit) {
  const most = limit === 0 ? Infinity : HIGHEST * Math.abs(limit);
  const values = [limit, ...curve.map(([, ratio]) => clamp(ratio, -most, most))];
  const [low, high] = [SMALLEST, LARGEST].map((part) => Math.log10(part * unit));
  return { "xaxis.range": [low - 0.05, high + 0.05], "yaxis.range": fromZero(values, 1.15) };
}

/** f(p) = … in a row of the table. */
export function imageReading(problem, at, f) {
  const place = problem.names.length === 1 ? m.fenced(m.num(at[0])) : m.tuple(at);
  const value = f.length === 1 ? m.num(f[0]) : m.tuple(f);
  return reading("image of the point", m.equation(m.row(m.id(problem.letter), place), value));
}

/** J = … in a row of the table. */
export const matrixReading = ({ rows, names }, J) =>
  reading("Jacobian", m.equation(m.id("J"), m.matrix(J, rows, names.length)));

/** By how much a measured ratio is off, as a part of what it tends to; ``doubt``  the ratio's error. */
export function offReading(ratio, limit, doubt) {
  if (limit === 0) return reading("off by", m.text("the limit is 0"));
  return reading("off by", percent(Math.abs(ratio - limit) / Math.abs(limit), doubt / Math.abs(limit)));
}

/** A part in per cent, with the digits that its error leaves; what cannot be told from 0 is 0. */
export function percent(part, error) {
  if (Number.isNaN(part)) return m.num(part);
  const value = Math.abs(part) <= error ? 0 : part;
  return m.row(m.num(100 * value, digitsOf(value, error, 3)), m.op("%"));
}

export const goesTo = (problem, at, f) =>
  `The point ${equations(problem, at)} goes to ${f.length === 1 ? numeral(f[0]) : `(${f.map((x) => numeral(x)).join(", ")})`}`;

/**
 * A shaft and a head of four lines, as in calc_core/figures/map_parts.py; ``unit``  lengths along
 * the axes that look the same.
 */
export function arrowInSpace(at, arrow, unit = [1, 1, 1]) {
  const seen = (vector) => vector.map((x, k) => x / unit[k]);
  const points = barbed(seen(at), seen(arrow)).map((point) => point.map((x, k) => x * unit[k]));
  return points.length ? space(points) : NOTHING_IN_SPACE;
}

function barbed(at, arrow) {
  const size = norm(arrow);
  if (!(size > 0) || !areFinite(at, arrow)) return [];
  const tip = add(at, arrow);
  const along = scale(arrow, 1 / size);
  const aside = Math.abs(along[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0];
  const across = unitVector(cross(along, aside));
  const up = cross(along, across);
  const back = subtract(tip, scale(arrow, 0.16));
  const barbs = [across, up].flatMap((side) =>
    [1, -1].map((sign) => add(back, scale(side, 0.06 * size * sign))),
  );
  return [at, tip, ...barbs.flatMap((barb) => [barb, tip])];
}

const unitVector = (v) => scale(v, 1 / norm(v));
