/** How much larger the image is, in numbers and in words. */

import * as m from "../../mathml.js";
import { digitsOf } from "../../measures.js";
import { numeral } from "../../numerals.js";
import { percent } from "../cell/pieces.js";
import { areFinite, equations, reading } from "../common.js";
import { isSolid } from "./piece.js";

const J = m.id("J");
const JACOBIAN_FACTOR = m.root(m.row(m.id("det"), m.fenced(m.row(m.sup(J, m.op("⊤")), J))));

/** What the piece, its image and its factor are called. */
export function names(problem) {
  return isSolid(problem)
    ? { what: "volume", piece: "box", linear: "parallelepiped", symbol: m.row(m.id("det"), J), text: "det J", integrand: "|det J|" }
    : { what: "area", piece: "cell", linear: "parallelogram", symbol: JACOBIAN_FACTOR, text: "√det(JᵀJ)", integrand: "√det(JᵀJ)" };
}

const difference = ({ ratio, factor }) => (factor === 0 ? NaN : (ratio - factor) / factor);
const digitsIn = ({ ratio, doubt }, most) => digitsOf(ratio, doubt, most);

export function readings(problem, here) {
  const { what, piece, symbol, integrand } = names(problem);
  const signed = isSolid(problem) ? `${what} of its image, signed` : `${what} of its image`;
  const rows = [
    reading("Jacobian", m.equation(J, m.matrix(here.jacobian, 3, here.at.length, 3))),
    reading("factor by J", m.equation(symbol, m.num(here.factor, 5))),
    reading(`${what} of the ${piece}`, m.num(here.size, 5)),
    reading(signed, m.num(here.imageSize, digitsIn(here, 5))),
    reading("ratio of the two", m.num(here.ratio, digitsIn(here, 5))),
    reading("by so much off the factor", percent(difference(here), here.doubt / Math.abs(here.factor))),
  ];
  if (problem.whole) rows.push(reading(`∫ ${integrand} over the ranges, overlaps counted`, whole(problem.whole)));
  return rows;
}

/** An integral with an estimate of its error, which is no bound. */
function whole([value, error]) {
  return m.row(m.op("≈"), m.num(value, 6), m.text(",\u00a0error\u00a0"), m.op("≈"), m.num(error, 1));
}

export function words(problem, state, here) {
  const { what, piece, linear, text } = names(problem);
  const { factor, ratio, size, imageSize, at } = here;
  const digits = digitsIn(here, 4);
  const measuredWords = areFinite(ratio)
    ? `Its true image has ${what} ${numeral(Math.abs(imageSize), digits)}, ${numeral(Math.abs(ratio), digits)} times as much${turned(problem, ratio)}.`
    : "It reaches to where the function has no value.";
  const linearWords = `The ${linear} that J makes of it has ${numeral(Math.abs(factor))} times as much${turned(problem, factor)}.`;
  const flat = factor === 0 ? ` J has linearly dependent columns: it presses the ${piece} flat.` : "";
  const around = `A ${piece} with sides ${here.sides.map((side) => numeral(side, 3)).join(", ")} around ${equations(problem, at)}: its ${what} is ${numeral(size)}.`;
  return {
    [isSolid(problem) ? "block" : "parameters"]: around,
    [isSolid(problem) ? "solid" : "sheet"]: `${measuredWords} ${linearWords}${flat}`,
    shrinking: `The smaller the ${piece}, the nearer the ratio of the ${what}s comes to ${text} = ${numeral(factor)}.`,
  };
}

const turned = (problem, value) => (isSolid(problem) && value < 0 ? ", with left and right exchanged" : "");
