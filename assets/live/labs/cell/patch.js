/** A cell of the parameters of a surface, its image, and the parallelogram of the tangent vectors. */

import { add, apply, cross, norm, scale, sizeFactor, subtract } from "../../linear.js";
import * as m from "../../mathml.js";
import { areaOfImage, digitsOf } from "../../measures.js";
import { numeral } from "../../numerals.js";
import { areFinite, equations, pointHandle, reading, spans, undefinedHere } from "../common.js";
import {
  NOTHING_IN_SPACE,
  arrowInSpace,
  cornerHandle,
  goesTo,
  imageReading,
  isGood,
  matrixReading,
  offReading,
  partOf,
  placed,
  plane,
  shrunk,
  sidesOf,
  space,
  square,
} from "./pieces.js";

// As in calc_core/figures/patch_map.py.
const STEP = 1 / 6;
const FINE = square(12);
const CORNERS = square(1);
const LIFT = 0.006;

export function draw(problem, state) {
  const here = look(problem, state);
  const edge = plane(here.edge);
  return {
    traces: {
      domain: {
        cell: edge,
        cell_edge: edge,
        point: { ...plane([here.at]), hovertemplate: `the point ${equations(problem, here.at)}<extra></extra>` },
      },
      image: image(problem, here),
    },
    readings: isGood(here) ? readings(problem, here) : [],
    words: isGood(here) ? words(problem, here) : {},
    handles: [pointHandle(problem, state, "domain"), cornerHandle(problem, state, "domain")],
    ...(isGood(here) ? {} : undefinedHere(problem, state, isGood)),
  };
}

export const play = (problem, state, part) => shrunk(state, part);

function look(problem, state) {
  const { at } = state;
  const { f, jacobian } = problem.functions(at);
  const sides = sidesOf(problem, partOf(state));
  const cell = sides[0] * sides[1];
  const measured = areaOfImage(problem, at, sides);
  return {
    at,
    f,
    jacobian,
    sides,
    columns: [0, 1].map((j) => [0, 1, 2].map((i) => jacobian[2 * i + j])),
    factor: sizeFactor(jacobian, 3, 2),
    edge: placed(FINE, at, sides),
    cell,
    ratio: measured.value / cell,
    doubt: measured.error / cell,
  };
}

function image(problem, here) {
  const nothing = NOTHING_IN_SPACE;
  if (!isGood(here)) {
    const names = ["image", "linear", "plane", "first", "second", "point"];
    return Object.fromEntries(names.map((name) => [name, nothing]));
  }
  const { at, f, jacobian, sides, columns } = here;
  const lengths = spans(problem);
  const onPlane = (point) => add(f, apply(jacobian, 3, 2, subtract(point, at)));
  const corners = placed(CORNERS, at, sides).map(onPlane);
  const arrows = columns.map((column, k) => ({
    ...arrowInSpace(f, scale(column, lengths[k] * STEP)),
    hovertemplate: `∂${problem.letter}/∂${problem.pretty[k]} = (${column.map((x) => numeral(x)).join(", ")})<extra></extra>`,
  }));
  return {
    image: space(bothSides(problem, here, here.edge.map((point) => problem.functions(point).f))),
    linear: space(corners),
    plane: { ...space(corners.slice(0, 4)), i: [0, 0], j: [1, 2], k: [2, 3] },
    first: arrows[0],
    second: arrows[1],
    point: { ...space([f]), hovertemplate: `${goesTo(problem, at, f)}<extra></extra>` },
  };
}

/** A line on both sides of an opaque surface: in it, it would be hidden. */
function bothSides(problem, { columns }, points) {
  const normal = cross(...columns);
  const size = norm(normal);
  const extent = Math.max(...problem.window.map(([low, high]) => high - low));
  const lift = size > 0 ? scale(normal, (LIFT * extent) / size) : [0, 0, 0];
  const above = points.map((point) => add(point, lift));
  const below = points.map((point) => subtract(point, lift));
  return [...above, [NaN, NaN, NaN], ...below];
}

function readings(problem, { at, f, jacobian, cell, factor, ratio, doubt }) {
  const gram = m.row(m.op("det"), m.fenced(m.row(m.sup(m.id("J"), m.text("T")), m.id("J"))));
  const digits = digitsOf(ratio, doubt, 4);
  const rows = [
    imageReading(problem, at, f),
    matrixReading(problem, jacobian),
    reading("factor of area", m.equation(m.root(gram), m.num(factor))),
    reading("area of the cell", m.num(cell)),
  ];
  if (!areFinite(ratio)) return rows;
  return [
    ...rows,
    reading("area of its image", m.num(ratio * cell, digits)),
    reading("their ratio", m.num(ratio, digits)),
    offReading(ratio, factor, doubt),
  ];
}

function words(problem, { at, f, sides, factor }) {
  const [a, b] = sides.map((side) => numeral(side, 3));
  const stretch =
    factor === 0
      ? "The tangent vectors there lie in one line: the cell is flattened."
      : `Small areas there are multiplied by ${numeral(factor)}.`;
  return {
    domain: `A cell with the sides ${a} and ${b} around ${equations(problem, at)}.`,
    image: `${goesTo(problem, at, f)}. ${stretch}`,
  };
}
