/** A map of space: the images of the coordinate surfaces through a point, and of a box under J. */

import { add, determinant, scale } from "../../linear.js";
import * as m from "../../mathml.js";
import { columns } from "../../meshes.js";
import { numeral } from "../../numerals.js";
import { linspace } from "../../shapes.js";
import { hasJacobian, reading, undefinedHere } from "../common.js";
import { NOTHING_IN_SPACE, blank } from "../traces.js";
import {
  arrowInSpace,
  columnHover,
  columnsOf,
  goesTo,
  imageMark,
  imageReading,
  matrixReading,
  orientation,
} from "./pieces.js";

const EVERY = 5;

export function draw(problem, state) {
  const { f, jacobian } = problem.functions(state.at);
  const isThere = hasJacobian({ f, jacobian });
  const here = { at: state.at, f, jacobian, det: isThere ? determinant(jacobian, 3) : NaN };
  return {
    traces: { image: { ...sheets(problem, state.at), ...(isThere ? box(problem, here) : NO_BOX) } },
    readings: isThere ? readings(problem, here) : [],
    words: isThere ? { image: sentence(problem, here) } : {},
    handles: [],
    ...(isThere ? {} : undefinedHere(problem, state, hasJacobian)),
  };
}

/** For each variable the surface on which it is held, as a mesh and as lines. */
function sheets(problem, at) {
  const traces = {};
  const axes = problem.box.map(([low, high]) => linspace(low, high, problem.points));
  [0, 1, 2].forEach((held) => {
    const [a, b] = [0, 1, 2].filter((k) => k !== held);
    const values = axes[b].map((y) => axes[a].map((x) => problem.functions(at.with(a, x).with(b, y)).f));
    const [x, y, z] = [0, 1, 2].map((i) => values.map((line) => line.map((point) => point[i])));
    traces[`sheet${held}`] = { x, y, z, hovertemplate: `${problem.pretty[held]} = ${numeral(at[held])}<extra></extra>` };
    traces[`net${held}`] = columns(net(values));
  });
  return traces;
}

function net(values) {
  const others = values[0].map((_, k) => values.map((line) => line[k]));
  const isShown = (_, k) => k % EVERY === 0;
  const lines = [...values.filter(isShown), ...others.filter(isShown)];
  return lines.flatMap((line) => [...line, [NaN, NaN, NaN]]);
}

const NO_BOX = blank(["box", "side0", "side1", "side2", "point"], NOTHING_IN_SPACE);

function box(problem, here) {
  const { f, jacobian } = here;
  const partials = columnsOf(jacobian, 3);
  const sides = partials.map((column, j) => scale(column, problem.steps_of_box[j]));
  const arrows = sides.map((side, k) => [
    `side${k}`,
    { ...arrowInSpace(f, side), hovertemplate: columnHover(problem, k, partials[k]) },
  ]);
  return {
    box: columns(edges(f, sides)),
    ...Object.fromEntries(arrows),
    point: imageMark(problem, here),
  };
}

/** The twelve edges of a parallelepiped. */
function edges(at, sides) {
  return [0, 1, 2].flatMap((k) => {
    const [a, b, c] = [0, 1, 2].map((step) => sides[(k + step) % 3]);
    const starts = [at, add(at, b), add(at, c), add(add(at, b), c)];
    return starts.flatMap((start) => [start, add(start, a), [NaN, NaN, NaN]]);
  });
}

function readings(problem, { at, f, jacobian, det }) {
  const name = m.row(m.op("det"), m.id("J"));
  return [
    imageReading(problem, at, f),
    matrixReading(problem, jacobian),
    reading("factor of volume, with its sign", m.equation(name, m.num(det))),
    reading("orientation", m.text(orientation(det, "space"))),
  ];
}

function sentence(problem, { at, f, det }) {
  const stretch =
    det === 0
      ? "det J = 0: small volumes there are flattened"
      : `det J = ${numeral(det)}: small volumes there are multiplied by ${numeral(Math.abs(det))}, and orientation is ${orientation(det, "space")}`;
  return `${goesTo(problem, at, f)}. ${stretch}.`;
}
