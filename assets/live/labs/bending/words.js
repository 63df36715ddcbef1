/** What the second derivatives at a point say, in numbers and in words. */

import { add, dot, norm } from "../../linear.js";
import * as m from "../../mathml.js";
import { numeral, vector } from "../../numerals.js";
import { bending, secondDerivativeTest, stepToCentre } from "../../quadratic.js";
import { areFinite, equations, reading, said, valueAt } from "../common.js";

// The eigenvectors of more variables than this would fill the page.
const MOST_VECTORS = 4;
// Numbers this near to each other cannot be told apart.
const RELATIVE_ZERO = 1e-9;

// As in calc_core/geometry/curvature.py: which way the second derivatives go.
const BENDS = {
  "bowl up": "up in every direction: a bowl",
  "bowl down": "down in every direction: a dome",
  saddle: "up one way and down another: a saddle",
  trough: "up one way, and not at all in another: a trough",
  ridge: "down one way, and not at all in another: a ridge",
  flat: "not at all, to second order",
};
const CURVE_BENDS = { ...BENDS, "bowl up": "up", "bowl down": "down" };

const bends = ({ values, kind }) => (values.length === 1 ? CURVE_BENDS : BENDS)[kind];

// ── numbers ─────────────────────────────────────────────────────────────────────────────────────

export function readings(problem, { f, gradient, hessian, whole }) {
  const n = gradient.length;
  const rows = areFinite(f) ? [reading("value", m.equation(valueAt(problem, whole), m.num(f)))] : [];
  if (!areFinite(f, gradient, hessian)) return rows;
  const bent = bending(hessian, n);
  return [
    ...rows,
    ...(n === 1
      ? derivatives(m.id(problem.letter), gradient, hessian)
      : matrices(m.id(problem.letter), gradient, hessian)),
    ...eigenvalues(bent),
    said("it bends", bends(bent)),
    said("the point is", secondDerivativeTest(gradient, bent, whole)),
  ];
}

const derivatives = (letter, [slope], [second]) => [
  reading("slope", m.equation(m.sup(letter, m.op("′")), m.num(slope))),
  reading("second derivative", m.equation(m.sup(letter, m.op("″")), m.num(second))),
];

const matrices = (letter, gradient, hessian) => [
  reading("gradient", m.equation(m.row(m.op("∇"), letter), m.rowVector(gradient))),
  reading(
    "Hessian",
    m.equation(m.sub(m.id("H"), letter), m.matrix(hessian, gradient.length, gradient.length)),
  ),
];

function eigenvalues({ values, vectors }) {
  if (values.length === 1) return [];
  if (values.length > MOST_VECTORS) return [reading("eigenvalues", m.tuple(values))];
  const lambda = (k) => m.sub(m.id("lambda"), m.num(k));
  return values.map((value, k) =>
    reading(
      `eigenvalue and eigenvector ${k + 1}`,
      m.equation(lambda(k + 1), m.num(value)),
      m.op(","),
      m.tuple(vectors[k], 3),
    ),
  );
}

// ── words ───────────────────────────────────────────────────────────────────────────────────────

export function words(problem, here) {
  const isCurve = here.at.length === 1;
  const isSlice = here.whole.length > here.at.length;
  const graph = isCurve ? "curve" : isSlice ? "surface over the slice" : "surface";
  const bent = `At ${equations(problem, here.whole)} the ${graph} bends ${bends(here.bent)}.`;
  if (isCurve) return { curve: `${bent} Its second derivative is ${numeral(here.bent.values[0])}.` };
  const along = here.bent.values.map(
    (value, k) => `${numeral(value)} along ${vector(here.bent.vectors[k], 3)}`,
  );
  return {
    surface: `${bent} The second derivatives are ${along.join(" and ")}.`,
    levels: conic(here),
  };
}

/** Where the quadratic is level, if that is one point. */
export function centreOf({ at, slope, H, bent }) {
  if (!bent.values.every((value) => Math.abs(value) > 0)) return null;
  const step = stepToCentre(slope, H);
  return step && areFinite(step) ? add(at, step) : null;
}

/** What curves the level curves of the quadratic are. */
function conic(here) {
  const [first, second] = here.bent.values;
  const centre = centreOf(here);
  if (centre) {
    const isRound = first - second <= RELATIVE_ZERO * Math.abs(first + second);
    const curves = first * second < 0 ? "hyperbolas" : isRound ? "circles" : "ellipses";
    return (
      `The level curves of the quadratic are ${curves} about ${vector(centre)}, ` +
      `${isRound ? "and every direction is an eigenvector" : "with axes along the eigenvectors"}.`
    );
  }
  const isLevel = norm(here.slope) === 0;
  if (first === 0 && second === 0) {
    return isLevel
      ? "H and the gradient are 0: the quadratic is constant, and has no level curves."
      : "H is 0: the quadratic is the tangent plane, and its level curves are parallel lines.";
  }
  const straight = here.bent.vectors[first === 0 ? 0 : 1];
  const leans = Math.abs(dot(here.slope, straight)) > RELATIVE_ZERO * norm(here.slope);
  const curves = leans ? "parabolas, their axis along the eigenvector of it" : "parallel lines";
  return `One eigenvalue is 0: the level curves of the quadratic are ${curves}.`;
}
