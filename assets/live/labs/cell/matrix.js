/** A map without a picture of its own: the numbers of its Jacobian. */

import { determinant, sizeFactor } from "../../linear.js";
import * as m from "../../mathml.js";
import { numeral } from "../../numerals.js";
import { hasJacobian, reading, undefinedHere } from "../common.js";
import { table } from "../table.js";
import { goesTo, imageReading, matrixReading } from "./pieces.js";

const SIZES = { 1: "length", 2: "area", 3: "volume" };

export function draw(problem, state) {
  const { f, jacobian } = problem.functions(state.at);
  const here = { at: state.at, f, jacobian };
  const isThere = hasJacobian(here);
  return {
    traces: { matrix: { matrix: table(problem, jacobian) } },
    readings: isThere ? readings(problem, here) : [],
    words: isThere ? { matrix: sentence(problem, here) } : {},
    handles: [],
    ...(isThere ? {} : undefinedHere(problem, state, hasJacobian)),
  };
}

function readings(problem, { at, f, jacobian }) {
  const [rows, n] = [problem.rows, problem.names.length];
  const found = [imageReading(problem, at, f), matrixReading(problem, jacobian)];
  if (rows === n) {
    const name = m.row(m.op("det"), m.id("J"));
    found.push(reading("determinant", m.equation(name, m.num(determinant(jacobian, n)))));
  } else if (rows > n) {
    found.push(reading(`factor of ${SIZES[n] ?? `${n}-volume`}`, m.num(sizeFactor(jacobian, rows, n))));
  }
  return found;
}

function sentence(problem, { at, f, jacobian }) {
  const [rows, n] = [problem.rows, problem.names.length];
  const flat = jacobian.every((entry) => entry === 0);
  const what = flat ? "J = 0: to first order f does not change" : `J has ${rows} × ${n} entries`;
  const most = flat ? "" : `, the largest of size ${numeral(largest(jacobian))}`;
  const kernel =
    rows < n ? ` There are more variables than components: J sends some step other than 0 to 0.` : "";
  return `${goesTo(problem, at, f)}. ${what}${most}.${kernel}`;
}

const largest = (J) => J.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
