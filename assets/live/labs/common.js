/** What the models of several laboratories share: the point, the axes, and how numbers are said. */

import * as m from "../mathml.js";
import { numeral } from "../numerals.js";
import { linspace } from "../shapes.js";

// As in calc_core/figures: axes of lengths further apart than this are not drawn to one scale.
const WIDEST = 3;

export const clamp = (x, low, high) => Math.max(low, Math.min(high, x));

export const lengthsOf = (ranges) => ranges.map(([low, high]) => high - low);

/** The lengths of the ranges shown. */
export const spans = ({ ranges }) => lengthsOf(ranges);

/** The coordinates along the axes shown, of a point with all of its coordinates. */
export const shownPart = ({ shown }, vector) => shown.map((k) => vector[k]);

/** The point with other coordinates along the axes shown. */
export function withShown({ shown }, at, part) {
  return shown.reduce((moved, place, k) => moved.with(place, part[k]), at);
}

/** Lengths that look the same, on axes of these lengths, two or more. */
export function unitOf(lengths) {
  const isWide = Math.max(...lengths) > WIDEST * Math.min(...lengths);
  return isWide ? lengths : lengths.map(() => 1);
}

/** The same on the axes of the variables shown. */
export const visualUnit = (problem) => unitOf(spans(problem));

/** Whether right angles look like right angles. */
export const isToScale = (unit) => unit.every((length) => length === 1);

/** To the scale of the eye and back. */
export const over = (vector, unit) => vector.map((x, k) => x / unit[k]);
export const times = (vector, unit) => vector.map((x, k) => x * unit[k]);

/** The side of the largest square on axes of these lengths, as they are drawn. */
export const shortest = (lengths, unit) => Math.min(...over(lengths, unit));

/** Equations such as “x = 1, y = 2”. */
export const equations = ({ pretty }, at) =>
  at.map((value, k) => `${pretty[k]} = ${numeral(value)}`).join(", ");

/** f(1, 2) in MathML. */
export const valueAt = ({ letter, names }, at) =>
  m.row(m.id(letter), names.length === 1 ? m.fenced(m.num(at[0])) : m.tuple(at));

/** What is said of the point on a figure: where it is, and the value there. */
export const pointAndValue = (problem, at, f) =>
  `the point ${equations(problem, at)}<br>${problem.letter} = ${numeral(f)}`;

/** Whether all of the numbers are finite. */
export const areFinite = (...values) => values.flat().every(Number.isFinite);

/** Whether f and its gradient have values; its Hessian; a vector function and its Jacobian. */
export const hasGradient = ({ f, gradient }) => areFinite(f, gradient);
export const hasHessian = ({ f, gradient, hessian }) => areFinite(f, gradient, hessian);
export const hasJacobian = ({ f, jacobian }) => areFinite(f, jacobian);

/** A row of the small table: what it is, and a formula. */
export const reading = (label, ...parts) => ({ label, math: m.math(m.row(...parts)) });

/** A row of the table that is said in words. */
export const said = (label, words) => ({ label, math: m.escape(words) });

/** The handle of the point in a figure whose axes are those of the variables shown. */
export function pointHandle(problem, state, figure) {
  return {
    id: "at",
    figure,
    at: shownPart(problem, state.at),
    label: "The point",
    text: equations(problem, state.at),
    move: (part) => ({ ...state, at: withShown(problem, state.at, part) }),
  };
}

/** The handle of the point on a graph over one variable, which stands at this height there. */
export function handleOnCurve(problem, state, figure, height) {
  const handle = pointHandle(problem, state, figure);
  return { ...handle, at: [handle.at[0], height], move: ([x]) => handle.move([x]) };
}

// Figures whose axes are those of the variables; and f along a line, at the heights of the graph.
const AROUND = ["curve", "field", "levels", "map", "domain", "surface", "second", "along", "slice", "space"];

/**
 * What is drawn, with a note if the point lies outside of the ranges: there the figures over these
 * do not show it, and their sentences would be about what is not to be seen.
 */
export function inSight(problem, state, drawn) {
  const part = shownPart(problem, state.at);
  const inside = part.map((x, k) => clamp(x, ...problem.ranges[k]));
  const off = problem.shown.filter((_, k) => inside[k] !== part[k]);
  if (off.length === 0) return drawn;
  const ranges = off.map((place) => {
    const [low, high] = problem.ranges[problem.shown.indexOf(place)].map((end) => numeral(end));
    return `${problem.pretty[place]} from ${low} to ${high}`;
  });
  const note =
    `The point ${equations(problem, state.at)} lies outside of the ranges of the figure, ` +
    `${ranges.join(" and ")}, and is not to be seen there.`;
  const words = Object.entries(drawn.words ?? {}).filter(([figure]) => !AROUND.includes(figure));
  const at = withShown(problem, state.at, inside);
  const back = { label: `Go to ${equations(problem, at)}`, state: { ...state, at } };
  return {
    ...drawn,
    words: Object.fromEntries(words),
    note: drawn.note ? `${note} ${drawn.note}` : note,
    offer: drawn.offer ?? back,
  };
}

const PLACES = 25;

/**
 * Where the function and its derivatives have no values at the point: a sentence about it, and the
 * nearest place of a coarse grid at which they have.
 */
export function undefinedHere(problem, state, isGood) {
  const note = `At ${equations(problem, state.at)} the function or its derivative has no value.`;
  const found = nearest(problem, state, isGood);
  if (!found) return { note };
  const label = `Go to ${equations(problem, found)}`;
  return { note, offer: { label, state: { ...state, at: found } } };
}

function nearest(problem, state, isGood) {
  const here = shownPart(problem, state.at);
  const lengths = spans(problem);
  let best = null;
  let closest = Infinity;
  for (const part of places(problem.ranges)) {
    const at = withShown(problem, state.at, part);
    const away = part.reduce((sum, x, k) => sum + Math.abs(x - here[k]) / lengths[k], 0);
    if (away >= closest || !isGood(problem.functions(at))) continue;
    closest = away;
    best = at.map((x) => Number(x.toFixed(3)));
  }
  return best;
}

function places(ranges) {
  let all = [[]];
  for (const [low, high] of ranges) {
    all = all.flatMap((part) => linspace(low, high, PLACES).map((x) => [...part, x]));
  }
  return all;
}

const POINTS = 60;
const grids = new WeakMap();

/** f over the two axes shown, as {xs, ys, z}; computed once for each value of what is held still. */
export function heights(problem, at) {
  const held = at.filter((_, k) => !problem.shown.includes(k)).join(" ");
  const known = grids.get(problem);
  if (known?.held === held) return known.grid;
  const [xs, ys] = problem.ranges.map(([low, high]) => linspace(low, high, POINTS));
  const z = ys.map((y) => xs.map((x) => problem.functions(withShown(problem, at, [x, y])).f));
  const grid = { xs, ys, z };
  grids.set(problem, { held, grid });
  return grid;
}
