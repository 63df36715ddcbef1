/**
 * A cell of the plane, its image under f, and its image under J.
 *
 * What the image of the edge of a cell C goes round is, by Green's theorem, the integral of det J
 * over C, for every continuously differentiable f: where f folds the plane, what is turned over
 * counts negative.  So the signed area divided by that of C is the mean of det J over C, and tends
 * to det J at the point as C shrinks.
 */

import { levelCurve } from "../../levels.js";
import { add, apply, norm, scale, subtract } from "../../linear.js";
import * as m from "../../mathml.js";
import { ROUGH, digitsOf, signedAreaOfImage } from "../../measures.js";
import { numeral } from "../../numerals.js";
import { joined, linspace, outlines } from "../../shapes.js";
import { areFinite, equations, pointHandle, reading, spans, undefinedHere, visualUnit } from "../common.js";
import {
  NOTHING,
  base,
  cornerHandle,
  determinant2,
  goesTo,
  imageReading,
  isGood,
  matrixReading,
  offReading,
  partOf,
  parts,
  placed,
  plane,
  ratioAxes,
  shrunk,
  sidesOf,
  sizeHandle,
  square,
} from "./pieces.js";

// As in calc_core/figures/plane_map.py.
const SIDE_WIDTH = 0.011;
// Points on each side of the cell that is drawn.
const FINE = square(40);
const CORNERS = square(1);
const SIZES = 19;
// Places in the cell at which det J is looked at, along each side.
const PLACES = 12;
const GRID = 61;
// The mean of det J and the measured ratio may differ by so much, as a part of the larger.
const AGREES = 0.5;
// So small a part of |J|² is no area, but what rounding leaves.
const NEGLIGIBLE = 1e-9;

export function draw(problem, state) {
  const here = look(problem, state);
  const fold = foldOf(problem);
  const isWhole = problem.figures.includes("lens");
  const curve = isWhole && isGood(here) ? ratios(problem, here) : null;
  return {
    traces: {
      domain: domain(problem, here, fold),
      image: image(problem, here, fold),
      ...(isWhole ? { lens: lens(here), ratio: curve ? ratioTraces(problem, here, curve) : noRatios } : {}),
    },
    ...(curve ? { layouts: { ratio: ratioAxes(curve, here.det, base(problem)) } } : {}),
    readings: isGood(here) ? readings(problem, here) : [],
    words: isGood(here) ? words(problem, here, fold) : {},
    handles: handles(problem, state, here, isWhole),
    ...amiss(problem, state, here),
  };
}

export const play = (problem, state, part) => shrunk(state, part);

// ── what is measured ────────────────────────────────────────────────────────────────────────────

function look(problem, state) {
  const { at } = state;
  const { f, jacobian } = problem.functions(at);
  const part = partOf(state);
  const sides = sidesOf(problem, part);
  const edge = placed(FINE, at, sides);
  const linearised = (points) =>
    points.map((point) => add(f, apply(jacobian, 2, 2, subtract(point, at))));
  const imageOf = edge.map((point) => problem.functions(point).f);
  const measured = signedAreaOfImage(problem, at, sides);
  const area = sides[0] * sides[1];
  return {
    at,
    f,
    jacobian,
    det: determinant2(jacobian),
    part,
    sides,
    edge,
    image: imageOf,
    linear: linearised(placed(CORNERS, at, sides)),
    off: deviation(imageOf, linearised(edge), f),
    ratio: areFinite(...imageOf) ? measured.value / area : NaN,
    doubt: measured.error / area,
    ...within(problem, at, sides),
  };
}

/** How far the image is from the linear one, as a part of the size of that. */
function deviation(true_, linear, f) {
  const size = Math.max(...linear.map((point) => norm(subtract(point, f))));
  return Math.max(...true_.map((point, k) => norm(subtract(point, linear[k])))) / size;
}

/** The mean of det J in the cell, and how much of the cell is turned over. */
function within(problem, at, sides) {
  const steps = linspace(0.5 / PLACES - 0.5, 0.5 - 0.5 / PLACES, PLACES);
  const places = placed(steps.flatMap((x) => steps.map((y) => [x, y])), at, sides);
  const found = places.map((place) => determinant2(problem.functions(place).jacobian));
  const count = found.length;
  return {
    mean: found.reduce((sum, det) => sum + det, 0) / count,
    size: found.reduce((sum, det) => sum + Math.abs(det), 0) / count,
    turned: found.filter((det) => det < 0).length / count,
  };
}

function ratios(problem, { at }) {
  const unit = base(problem);
  const found = parts(SIZES).map((part) => {
    const sides = sidesOf(problem, part);
    return [part * unit, signedAreaOfImage(problem, at, sides, ROUGH).value / (sides[0] * sides[1])];
  });
  return found.filter(([, ratio]) => Number.isFinite(ratio));
}

// ── where det J = 0 ─────────────────────────────────────────────────────────────────────────────

const folds = new WeakMap();

/** The curve on which det J changes its sign, its image, and whether det J is 0 everywhere. */
function foldOf(problem) {
  if (!folds.has(problem)) folds.set(problem, findFold(problem));
  return folds.get(problem);
}

function findFold(problem) {
  const [xs, ys] = problem.ranges.map(([low, high]) => linspace(low, high, GRID));
  const det = (x, y) => determinant2(problem.functions([x, y]).jacobian);
  const z = ys.map((y) => xs.map((x) => det(x, y)));
  const found = levelCurve(xs, ys, z, 0);
  const curve = [];
  const reach = [xs[1] - xs[0], ys[1] - ys[0]];
  for (let k = 0; k + 1 < found.x.length; k += 3) {
    const [a, b] = [k, k + 1].map((i) => [found.x[i], found.y[i]]);
    if (isZero(det, scale(add(a, b), 0.5), reach)) curve.push(a, b, [NaN, NaN]);
  }
  const values = z.flat().filter(Number.isFinite);
  return {
    curve: plane(curve),
    image: plane(curve.map((point) => (areFinite(point) ? problem.functions(point).f : point))),
    isEverywhere: values.length > 0 && values.every((value) => value === 0),
  };
}

/** Not a pole, at which the sign changes as well. */
function isZero(det, [x, y], [a, b]) {
  const around = [[a, 0], [-a, 0], [0, b], [0, -b]].map(([u, v]) => Math.abs(det(x + u, y + v)));
  return Math.abs(det(x, y)) < 0.5 * Math.max(...around.filter(Number.isFinite), 0);
}

// ── what is drawn ───────────────────────────────────────────────────────────────────────────────

function domain(problem, here, fold) {
  const lengths = spans(problem);
  const unit = visualUnit(problem);
  const edge = plane(here.edge);
  return {
    cell: edge,
    cell_edge: edge,
    fold: fold.curve,
    fold_edge: fold.curve,
    turn: turnHeads(here.edge, lengths, unit),
    ...steps(here.at, [[here.sides[0] / 2, 0], [0, here.sides[1] / 2]], lengths, unit),
    point: {
      x: [here.at[0]],
      y: [here.at[1]],
      hovertemplate: `the point ${equations(problem, here.at)}<extra></extra>`,
    },
  };
}

function image(problem, here, fold) {
  const { f, jacobian, sides } = here;
  if (!isGood(here)) {
    const names = ["image", "image_edge", "linear", "linear_edge", "turn", "first", "second", "point"];
    return { fold: fold.image, fold_edge: fold.image, ...Object.fromEntries(names.map((name) => [name, NOTHING])) };
  }
  const lengths = problem.window.map(([low, high]) => high - low);
  const unit = unitOf(lengths);
  const edge = plane(here.image);
  const linear = plane(here.linear);
  const columns = [0, 1].map((j) => scale([jacobian[j], jacobian[2 + j]], sides[j] / 2));
  return {
    image: edge,
    image_edge: edge,
    fold: fold.image,
    fold_edge: fold.image,
    linear: { ...linear, hovertemplate: `its image under J: area × ${numeral(Math.abs(here.det))}<extra></extra>` },
    linear_edge: linear,
    turn: turnHeads(here.image, lengths, unit),
    ...steps(f, columns, lengths, unit),
    point: {
      x: [f[0]],
      y: [f[1]],
      hovertemplate: `${goesTo(problem, here.at, f)}<extra></extra>`,
    },
  };
}

/** As visualUnit, for the axes of the image. */
function unitOf([a, b]) {
  return Math.max(a, b) > 3 * Math.min(a, b) ? [a, b] : [1, 1];
}

/** Arrows from the middle of the cell for a step in each variable. */
function steps(at, sides, lengths, unit) {
  const thickness = SIDE_WIDTH * Math.max(...lengths.map((length, k) => length / unit[k]));
  const arrow = (side) =>
    norm(side) > 0 && areFinite(at, side) ? joined(outlines([at], [side], unit, thickness)) : NOTHING;
  return { first: arrow(sides[0]), second: arrow(sides[1]) };
}

/** Heads in the middle of each side, which say which way round the edge is gone. */
function turnHeads(edge, lengths, unit) {
  const side = (edge.length - 1) / 4;
  const seen = (vector) => norm(vector.map((x, k) => x / unit[k]));
  const largest = 0.045 * Math.min(...lengths.map((length, k) => length / unit[k]));
  const heads = [0, 1, 2, 3].flatMap((k) => {
    const middle = (k + 0.5) * side;
    const [before, at, after] = [-1, 0, 1].map((step) => edge[middle + step]);
    const along = subtract(after, before);
    const chord = seen(subtract(edge[(k + 1) * side], edge[k * side]));
    const length = Math.min(largest, 0.4 * chord);
    if (!areFinite(at, along) || !(seen(along) > 0) || !(length > 0)) return [];
    const arrow = scale(along, length / seen(along));
    return outlines([subtract(at, scale(arrow, 0.5))], [arrow], unit, 0.2 * length, 1);
  });
  return heads.length ? joined(heads) : NOTHING;
}

/** All around f(p), so large that the linear image just fits. */
function lens({ f, jacobian, image: true_, linear }) {
  if (!areFinite(f, jacobian)) {
    return { image: NOTHING, linear: NOTHING, linear_edge: NOTHING, point: NOTHING, scale: { ...NOTHING, text: [] } };
  }
  const sizeOf = (points) => Math.max(...points.flatMap((p) => subtract(p, f).map(Math.abs)));
  const size = sizeOf(linear) || sizeOf(true_) || 1;
  const seen = (points) => plane(points.map((point) => scale(subtract(point, f), 1 / size)));
  return {
    image: seen(true_),
    linear: seen(linear),
    linear_edge: seen(linear),
    point: { x: [0], y: [0] },
    scale: { x: [-1.3], y: [-1.32], text: [`middle to rim: ${numeral(1.35 * size, 3)}`] },
  };
}

const noRatios = { limit: NOTHING, ratio: NOTHING, now: NOTHING };

function ratioTraces(problem, here, curve) {
  const unit = base(problem);
  const [low, high] = [parts(2)[0] * unit, parts(2)[1] * unit];
  return {
    limit: { x: [low, high], y: [here.det, here.det] },
    ratio: plane(curve),
    now: Number.isFinite(here.ratio) ? { x: [here.part * unit], y: [here.ratio] } : NOTHING,
  };
}

// ── what can be taken hold of ───────────────────────────────────────────────────────────────────

function handles(problem, state, here, isWhole) {
  const found = [pointHandle(problem, state, "domain"), cornerHandle(problem, state, "domain")];
  if (isWhole && Number.isFinite(here.ratio)) {
    const unit = base(problem);
    found.push(sizeHandle(problem, state, [here.part * unit, here.ratio], unit));
  }
  return found;
}

// ── what is said ────────────────────────────────────────────────────────────────────────────────

/** What the sign of det J means. */
export function orientation(det) {
  if (det === 0) return "lost: J flattens the plane";
  return det > 0 ? "kept" : "reversed";
}

function readings(problem, { at, f, jacobian, det, sides, ratio, doubt }) {
  const J = m.id("J");
  const area = sides[0] * sides[1];
  const digits = digitsOf(ratio, doubt, 4);
  const rows = [
    imageReading(problem, at, f),
    matrixReading(problem, jacobian),
    reading("factor of area, with its sign", m.equation(m.row(m.op("det"), J), m.num(det))),
    reading("orientation", m.text(orientation(det))),
    reading("area of the cell", m.num(area)),
  ];
  if (!Number.isFinite(ratio)) return rows;
  return [
    ...rows,
    reading("signed area of its image", m.num(ratio * area, digits)),
    reading("their ratio", m.num(ratio, digits)),
    offReading(ratio, det, doubt),
  ];
}

function words(problem, here, fold) {
  const { at, f, det, sides, ratio, doubt, off } = here;
  const [a, b] = sides.map((side) => numeral(side, 3));
  const isMeasured = Number.isFinite(ratio);
  const measuredWords = isMeasured
    ? `The image of the cell has ${numeral(ratio, digitsOf(ratio, doubt, 4))} times its area` +
      `${ratio < 0 ? ", the sign for its edge being gone round the other way" : ""}.`
    : "The image of the cell is not whole.";
  return {
    domain: `A cell with the sides ${a} and ${b} around ${equations(problem, at)}.${across(here, fold)}`,
    image: `${goesTo(problem, at, f)}. ${measuredWords} ${flat(det)}`,
    lens: isMeasured && det !== 0
      ? `The image is off the parallelogram by at most ${numeral(100 * off, 2)} % of its size.`
      : "Where det J = 0 the linear image is a line or a point.",
    ratio: `As the cell shrinks, the ratio tends to det J = ${numeral(det)}.`,
  };
}

const flat = (det) =>
  det === 0
    ? "det J = 0: the linear image is flat."
    : `det J = ${numeral(det)}: small areas there are multiplied by ${numeral(Math.abs(det))}, and ` +
      `orientation is ${orientation(det)}.`;

/** How the cell lies to the fold. */
function across({ turned }, { isEverywhere, curve }) {
  if (isEverywhere) return " Everywhere det J = 0: f squeezes the plane onto a curve or a point.";
  if (turned > 0 && turned < 1) {
    const part = numeral(100 * turned, 2);
    return ` The fold runs through it: ${part} % of it is turned over, and counts negative.`;
  }
  return curve.x.length > 0 ? "" : " In these ranges det J does not change its sign.";
}

function amiss(problem, state, here) {
  if (!isGood(here)) return undefinedHere(problem, state, isGood);
  if (!areFinite(...here.image)) {
    return { note: "A part of the cell's edge has no image: f is not defined there." };
  }
  const { ratio, mean, size, jacobian } = here;
  const nothing = NEGLIGIBLE * norm(jacobian) ** 2;
  const isAgreed = Math.abs(ratio - mean) <= Math.max(AGREES * Math.abs(ratio), AGREES * size, nothing);
  if (isAgreed) return {};
  return {
    note:
      "In the cell f is not smooth, as at a pole or a jump: what the image of its edge goes round " +
      "is not the image of the cell. Make the cell smaller.",
  };
}
