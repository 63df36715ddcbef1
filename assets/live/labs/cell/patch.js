/** A cell of the parameters of a surface, its image, and the parallelogram of the tangent vectors. */

import { add, apply, cross, norm, scale, sizeFactor, subtract } from "../../linear.js";
import * as m from "../../mathml.js";
import { areaOfImage } from "../../measures.js";
import { columns } from "../../meshes.js";
import { numeral } from "../../numerals.js";
import {
  equations,
  hasJacobian,
  lengthsOf,
  pointHandle,
  reading,
  spans,
  undefinedHere,
} from "../common.js";
import { NOTHING_IN_SPACE, blank, flatPoints, mark } from "../traces.js";
import {
  arrowInSpace,
  cellWords,
  columnHover,
  columnsOf,
  cornerHandle,
  goesTo,
  imageMark,
  imageReading,
  matrixReading,
  measuredReadings,
  partOf,
  placed,
  shrunk,
  sidesOf,
  square,
} from "./pieces.js";

// As in calc_core/figures/patch_map.py.
const STEP = 1 / 6;
const FINE = square(12);
const CORNERS = square(1);
const LIFT = 0.006;

export function draw(problem, state) {
  const here = look(problem, state);
  const edge = flatPoints(here.edge);
  const isThere = hasJacobian(here);
  return {
    traces: {
      domain: {
        cell: edge,
        cell_edge: edge,
        point: mark(here.at, `the point ${equations(problem, here.at)}`),
      },
      image: isThere ? image(problem, here) : NO_IMAGE,
    },
    readings: isThere ? readings(problem, here) : [],
    words: isThere ? words(problem, here) : {},
    handles: [pointHandle(problem, state, "domain"), cornerHandle(problem, state, "domain")],
    ...(isThere ? {} : undefinedHere(problem, state, hasJacobian)),
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
    tangents: columnsOf(jacobian, 2),
    factor: sizeFactor(jacobian, 3, 2),
    edge: placed(FINE, at, sides),
    cell,
    ratio: measured.value / cell,
    doubt: measured.error / cell,
  };
}

const NO_IMAGE = blank(["image", "linear", "plane", "first", "second", "point"], NOTHING_IN_SPACE);

function image(problem, here) {
  const { at, f, jacobian, sides, tangents } = here;
  const lengths = spans(problem);
  const onPlane = (point) => add(f, apply(jacobian, 3, 2, subtract(point, at)));
  const corners = placed(CORNERS, at, sides).map(onPlane);
  const arrows = tangents.map((tangent, k) => ({
    ...arrowInSpace(f, scale(tangent, lengths[k] * STEP)),
    hovertemplate: columnHover(problem, k, tangent),
  }));
  return {
    image: columns(bothSides(problem, here, here.edge.map((point) => problem.functions(point).f))),
    linear: columns(corners),
    plane: { ...columns(corners.slice(0, 4)), i: [0, 0], j: [1, 2], k: [2, 3] },
    first: arrows[0],
    second: arrows[1],
    point: imageMark(problem, here),
  };
}

/** A line on both sides of an opaque surface: in it, it would be hidden. */
function bothSides(problem, { tangents }, points) {
  const normal = cross(...tangents);
  const size = norm(normal);
  const extent = Math.max(...lengthsOf(problem.window));
  const lift = size > 0 ? scale(normal, (LIFT * extent) / size) : [0, 0, 0];
  const above = points.map((point) => add(point, lift));
  const below = points.map((point) => subtract(point, lift));
  return [...above, [NaN, NaN, NaN], ...below];
}

const MEASURED = { of: "area of the cell", ofImage: "area of its image" };

function readings(problem, { at, f, jacobian, cell, factor, ratio, doubt }) {
  const gram = m.row(m.op("det"), m.fenced(m.row(m.sup(m.id("J"), m.text("T")), m.id("J"))));
  return [
    imageReading(problem, at, f),
    matrixReading(problem, jacobian),
    reading("factor of area", m.equation(m.root(gram), m.num(factor))),
    ...measuredReadings(MEASURED, { size: cell, ratio, limit: factor, doubt }),
  ];
}

function words(problem, here) {
  const { at, f, factor } = here;
  const stretch =
    factor === 0
      ? "The tangent vectors there lie in one line: the cell is flattened."
      : `Small areas there are multiplied by ${numeral(factor)}.`;
  return {
    domain: cellWords(problem, here),
    image: `${goesTo(problem, at, f)}. ${stretch}`,
  };
}
