/** What the models of cells share: the cell, its edge, signed areas, and numbers in words. */

import { add, cross, norm, scale, subtract } from "../../linear.js";
import * as m from "../../mathml.js";
import { digitsOf } from "../../measures.js";
import { columns } from "../../meshes.js";
import { numeral, vector } from "../../numerals.js";
import { linspace } from "../../shapes.js";
import { fromZero, logspace } from "../axes.js";
import {
  areFinite,
  clamp,
  equations,
  over,
  reading,
  shortest,
  spans,
  times,
  visualUnit,
} from "../common.js";
import { NOTHING, NOTHING_IN_SPACE, blank, flatPoints, mark } from "../traces.js";

// As in calc_core/labs/cell.py.
const SMALLEST = 0.004;
const LARGEST = 0.8;
// What is this much smaller than the terms it came from cannot be told from 0.
const CANCELLED = 1e-13;
// Ratios are shown up to so many times what they tend to.
const HIGHEST = 8;
// From where a play that makes a cell smaller begins, if it is small already.
const START = 0.5;

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
export const base = (problem) => shortest(spans(problem), visualUnit(problem));

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

/** The handle at the corner of the cell. */
export function cornerHandle(problem, state, figure) {
  const part = partOf(state);
  const corner = add(state.at, scale(sidesOf(problem, part), 0.5));
  return {
    id: "corner",
    figure,
    shape: "corner",
    at: corner,
    label: "A corner of the cell",
    text: `sides ${lengths(sidesOf(problem, part))}`,
    // Half the sum: so each of the arrow keys makes the cell larger or smaller.
    move: (place) => {
      const [a, b] = over(subtract(place, state.at), visualUnit(problem));
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
export const parts = (count) => logspace(SMALLEST, LARGEST, count);

/** The measured ratios [size, ratio], what they tend to, and that of the cell, where it has one. */
export const ratioTraces = (curve, limit, now, unit) => ({
  limit: flatPoints(parts(2).map((part) => [part * unit, limit])),
  ratio: flatPoints(curve),
  now: areFinite(now) ? flatPoints([now]) : NOTHING,
});

export const NO_RATIOS = blank(["limit", "ratio", "now"]);

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

/**
 * The size of the cell and, where its image has one, the size of that, their ratio, and by how much
 * it is off what it tends to; ``doubt``  the ratio's error.
 */
export function measuredReadings({ of, ofImage }, { size, ratio, limit, doubt }) {
  const rows = [reading(of, m.num(size))];
  if (!Number.isFinite(ratio)) return rows;
  const digits = digitsOf(ratio, doubt, 4);
  return [
    ...rows,
    reading(ofImage, m.num(ratio * size, digits)),
    reading("their ratio", m.num(ratio, digits)),
    offReading(ratio, limit, doubt),
  ];
}

function offReading(ratio, limit, doubt) {
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
  `The point ${equations(problem, at)} goes to ${f.length === 1 ? numeral(f[0]) : vector(f)}`;

/** The image of the point, in its plane or in space. */
export const imageMark = (problem, { at, f }) => mark(f, goesTo(problem, at, f));

/** The cell in words; ``sides``  their lengths. */
export const cellWords = (problem, { at, sides }) =>
  `A cell with the sides ${lengths(sides)} around ${equations(problem, at)}.`;

const lengths = (sides) => sides.map((side) => numeral(side, 3)).join(" and ");

/** What is said of the arrow for a column of the Jacobian. */
export const columnHover = (problem, k, column) =>
  `∂${problem.letter}/∂${problem.pretty[k]} = ${vector(column)}<extra></extra>`;

/** What the sign of det J means for that which it would flatten. */
export function orientation(det, flattened) {
  if (det === 0) return `lost: J flattens ${flattened}`;
  return det > 0 ? "kept" : "reversed";
}

/** The columns of a Jacobian with so many of them. */
export const columnsOf = (J, n) =>
  linspace(0, n - 1, n).map((j) => Array.from({ length: J.length / n }, (_, i) => J[n * i + j]));

/**
 * A shaft and a head of four lines, as in calc_core/figures/map_parts.py; ``unit``  lengths along
 * the axes that look the same.
 */
export function arrowInSpace(at, arrow, unit = [1, 1, 1]) {
  const points = barbed(over(at, unit), over(arrow, unit)).map((point) => times(point, unit));
  return points.length ? columns(points) : NOTHING_IN_SPACE;
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
