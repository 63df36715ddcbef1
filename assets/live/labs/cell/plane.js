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
import {
  areFinite,
  equations,
  hasJacobian,
  lengthsOf,
  over,
  pointHandle,
  reading,
  shortest,
  spans,
  undefinedHere,
  unitOf,
} from "../common.js";
import { NOTHING, NO_WORDS, blank, flatPoints, mark } from "../traces.js";
import {
  NO_RATIOS,
  base,
  cellWords,
  columnsOf,
  cornerHandle,
  determinant2,
  goesTo,
  imageMark,
  imageReading,
  matrixReading,
  measuredReadings,
  orientation,
  partOf,
  parts,
  placed,
  ratioAxes,
  ratioTraces,
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
  const isThere = hasJacobian(here);
  const curve = isWhole && isThere ? ratios(problem, here) : null;
  return {
    traces: {
      domain: domain(problem, here, fold),
      image: { ...(isThere ? image(problem, here) : NO_IMAGE), ...folds(fold.image) },
      ...(isWhole ? { lens: isThere ? lens(here) : NO_LENS } : {}),
      ...(isWhole ? { ratio: curve ? ratioTracesOf(problem, here, curve) : NO_RATIOS } : {}),
    },
    ...(curve ? { layouts: { ratio: ratioAxes(curve, here.det, base(problem)) } } : {}),
    readings: isThere ? readings(problem, here) : [],
    words: isThere ? words(problem, here, fold) : {},
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

const knownFolds = new WeakMap();

/** The curve on which det J changes its sign, its image, and whether det J is 0 everywhere. */
function foldOf(problem) {
  if (!knownFolds.has(problem)) knownFolds.set(problem, findFold(problem));
  return knownFolds.get(problem);
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
    curve: flatPoints(curve),
    image: flatPoints(curve.map((point) => (areFinite(point) ? problem.functions(point).f : point))),
    isEverywhere: values.length > 0 && values.every((value) => value === 0),
  };
}

/** Not a pole, at which the sign changes as well. */
function isZero(det, [x, y], [a, b]) {
  const around = [[a, 0], [-a, 0], [0, b], [0, -b]].map(([u, v]) => Math.abs(det(x + u, y + v)));
  return Math.abs(det(x, y)) < 0.5 * Math.max(...around.filter(Number.isFinite), 0);
}

// ── what is drawn ───────────────────────────────────────────────────────────────────────────────

const folds = (curve) => ({ fold: curve, fold_edge: curve });

function domain(problem, here, fold) {
  const lengths = spans(problem);
  const edge = flatPoints(here.edge);
  return {
    cell: edge,
    cell_edge: edge,
    ...folds(fold.curve),
    turn: turnHeads(here.edge, lengths),
    ...steps(here.at, [[here.sides[0] / 2, 0], [0, here.sides[1] / 2]], lengths),
    point: mark(here.at, `the point ${equations(problem, here.at)}`),
  };
}

const NO_IMAGE = blank([
  "image", "image_edge", "linear", "linear_edge", "turn", "first", "second", "point",
]);

function image(problem, here) {
  const lengths = lengthsOf(problem.window);
  const edge = flatPoints(here.image);
  const linear = flatPoints(here.linear);
  const halves = columnsOf(here.jacobian, 2).map((column, j) => scale(column, here.sides[j] / 2));
  return {
    image: edge,
    image_edge: edge,
    linear: { ...linear, hovertemplate: `its image under J: area × ${numeral(Math.abs(here.det))}<extra></extra>` },
    linear_edge: linear,
    turn: turnHeads(here.image, lengths),
    ...steps(here.f, halves, lengths),
    point: imageMark(problem, here),
  };
}

/** Arrows from the middle of the cell for a step in each variable; ``lengths``  of the axes. */
function steps(at, sides, lengths) {
  const unit = unitOf(lengths);
  const thickness = SIDE_WIDTH * Math.max(...over(lengths, unit));
  const arrow = (side) =>
    norm(side) > 0 && areFinite(at, side) ? joined(outlines([at], [side], unit, thickness)) : NOTHING;
  return { first: arrow(sides[0]), second: arrow(sides[1]) };
}

/** Heads in the middle of each side, which say which way round the edge is gone. */
function turnHeads(edge, lengths) {
  const unit = unitOf(lengths);
  const side = (edge.length - 1) / 4;
  const seen = (vector) => norm(over(vector, unit));
  const largest = 0.045 * shortest(lengths, unit);
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

const NO_LENS = { ...blank(["image", "linear", "linear_edge", "point"]), scale: NO_WORDS };

/** All around f(p), so large that the linear image just fits. */
function lens({ f, image: true_, linear }) {
  const sizeOf = (points) => Math.max(...points.flatMap((p) => subtract(p, f).map(Math.abs)));
  const size = sizeOf(linear) || sizeOf(true_) || 1;
  const seen = (points) => flatPoints(points.map((point) => scale(subtract(point, f), 1 / size)));
  return {
    image: seen(true_),
    linear: seen(linear),
    linear_edge: seen(linear),
    point: { x: [0], y: [0] },
    scale: { x: [-1.3], y: [-1.32], text: [`middle to rim: ${numeral(1.35 * size, 3)}`] },
  };
}

function ratioTracesOf(problem, { part, ratio, det }, curve) {
  const unit = base(problem);
  return ratioTraces(curve, det, [part * unit, ratio], unit);
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

const MEASURED = { of: "area of the cell", ofImage: "signed area of its image" };

function readings(problem, { at, f, jacobian, det, sides, ratio, doubt }) {
  const J = m.id("J");
  return [
    imageReading(problem, at, f),
    matrixReading(problem, jacobian),
    reading("factor of area, with its sign", m.equation(m.row(m.op("det"), J), m.num(det))),
    reading("orientation", m.text(orientation(det, "the plane"))),
    ...measuredReadings(MEASURED, { size: sides[0] * sides[1], ratio, limit: det, doubt }),
  ];
}

function words(problem, here, fold) {
  const { at, f, det, ratio, doubt, off } = here;
  const isMeasured = Number.isFinite(ratio);
  const measuredWords = isMeasured
    ? `The image of the cell has ${numeral(ratio, digitsOf(ratio, doubt, 4))} times its area` +
      `${ratio < 0 ? ", the sign for its edge being gone round the other way" : ""}.`
    : `The image of the cell ${areFinite(...here.image) ? "could not be measured" : "is not whole"}.`;
  return {
    domain: `${cellWords(problem, here)}${across(here, fold)}`,
    image: `${goesTo(problem, at, f)}. ${measuredWords} ${flat(det)}`,
    ...(det === 0 ? { lens: "Where det J = 0 the linear image is a line or a point." } : {}),
    ...(det !== 0 && areFinite(off)
      ? { lens: `The image is off the parallelogram by at most ${numeral(100 * off, 2)} % of its size.` }
      : {}),
    ratio: `As the cell shrinks, the ratio tends to det J = ${numeral(det)}.`,
  };
}

const flat = (det) =>
  det === 0
    ? "det J = 0: the linear image is flat."
    : `det J = ${numeral(det)}: small areas there are multiplied by ${numeral(Math.abs(det))}, and ` +
      `orientation is ${orientation(det, "the plane")}.`;

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
  if (!hasJacobian(here)) return undefinedHere(problem, state, hasJacobian);
  if (!areFinite(...here.image)) {
    return { note: "A part of the cell's edge has no image: f is not defined there." };
  }
  const { ratio, mean, size, jacobian } = here;
  if (!Number.isFinite(ratio)) {
    const note =
      `Somewhere on the edge of the cell ${problem.letter} has no derivative that could be followed, ` +
      "so that its image is not measured. Make the cell a little smaller, or larger.";
    return { note };
  }
  const nothing = NEGLIGIBLE * norm(jacobian) ** 2;
  const isAgreed = Math.abs(ratio - mean) <= Math.max(AGREES * Math.abs(ratio), AGREES * size, nothing);
  if (isAgreed) return {};
  return {
    note:
      `In the cell ${problem.letter} is not smooth, as at a pole or a jump: what the image of its ` +
      "edge goes round is not the image of the cell. Make the cell smaller.",
  };
}
