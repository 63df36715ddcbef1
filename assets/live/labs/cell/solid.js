/** A map of space: the images of the coordinate surfaces through a point, and of a box under J. */

import { add, determinant, scale } from "../../linear.js";
import * as m from "../../mathml.js";
import { numeral } from "../../numerals.js";
import { linspace } from "../../shapes.js";
import { reading, undefinedHere } from "../common.js";
import { NOTHING_IN_SPACE, arrowInSpace, goesTo, imageReading, isGood, matrixReading, space } from "./pieces.js";

const EVERY = 5;

export function draw(problem, state) {
  const { f, jacobian } = problem.functions(state.at);
  const here = { at: state.at, f, jacobian, det: isGood({ f, jacobian }) ? determinant(jacobian, 3) : NaN };
  return {
    traces: { image: { ...sheets(problem, state.at), ...box(problem, here) } },
    readings: isGood(here) ? readings(problem, here) : [],
    words: isGood(here) ? { image: sentence(problem, here) } : {},
    handles: [],
    ...(isGood(here) ? {} : undefinedHere(problem, state, isGood)),
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
    traces[`net${held}`] = space(net(values));
  });
  return traces;
}

function net(values) {
  const columns = values[0].map((_, k) => values.map((line) => line[k]));
  const isShown = (_, k) => k % EVERY === 0;
  const lines = [...values.filter(isShown), ...columns.filter(isShown)];
  return lines.flatMap((line) => [...line, [NaN, NaN, NaN]]);
}

function box(problem, here) {
  if (!isGood(here)) {
    const names = ["box", "side0", "side1", "side2", "point"];
    return Object.fromEntries(names.map((name) => [name, NOTHING_IN_SPACE]));
  }
  const { f, jacobian } = here;
  const column = (j) => [0, 1, 2].map((i) => jacobian[3 * i + j]);
  const sides = [0, 1, 2].map((j) => scale(column(j), problem.steps_of_box[j]));
  const arrows = sides.map((side, k) => [
    `side${k}`,
    {
      ...arrowInSpace(f, side),
      hovertemplate: `∂${problem.letter}/∂${problem.pretty[k]} = (${column(k).map((x) => numeral(x)).join(", ")})<extra></extra>`,
    },
  ]);
  return {
    box: space(edges(f, sides)),
    ...Object.fromEntries(arrows),
    point: { ...space([f]), hovertemplate: `${goesTo(problem, here.at, f)}<extra></extra>` },
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
    reading("orientation", m.text(orientation(det))),
  ];
}

const orientation = (det) => (det === 0 ? "lost: J flattens space" : det > 0 ? "kept" : "reversed");

function sentence(problem, { at, f, det }) {
  const stretch =
    det === 0
      ? "det J = 0: small volumes there are flattened"
      : `det J = ${numeral(det)}: small volumes there are multiplied by ${numeral(Math.abs(det))}, and orientation is ${orientation(det)}`;
  return `${goesTo(problem, at, f)}. ${stretch}.`;
}
