/** The ways down in numbers and in words, and what goes wrong on them. */

import { norm } from "../linear.js";
import * as m from "../mathml.js";
import { numeral, round, vector } from "../numerals.js";
import { areFinite, equations, reading, shownPart, valueAt } from "./common.js";
import { isToAndFro } from "./descend.js";
import { basis, factorsAt, limitsOf } from "./descent_run.js";

const NAME = {
  descent: "gradient descent",
  momentum: "descent with momentum",
  newton: "Newton’s method",
};
// Coordinates are said to this part of the range.
const GRAIN = 1e-5;

export function readings(problem, state, run) {
  const size = m.bars(m.row(m.op("∇"), m.id(problem.letter)));
  const rows = run.shown.map((method) => {
    const { points, values, sizes } = run.paths[method];
    const [at, value] = [points.at(-1), values.at(-1)];
    const seen = grained(at, run);
    const isExact = seen.every((x, k) => x === at[k]);
    const end = m.math((isExact ? m.equation : m.approx)(valueAt(problem, seen), m.num(value)));
    const slope = m.math(m.equation(size, m.num(sizes.at(-1), 3)));
    return { label: `${NAME[method]} ends at`, math: areFinite(sizes.at(-1)) ? `${end}<br>${slope}` : end };
  });
  if (areFinite(run.start.values)) {
    rows.push(reading("eigenvalues of H at the start", listed(run.start.values)));
  }
  if (run.minimum) rows.push(reading("eigenvalues of H at the minimum", listed(run.minimum.values)));
  const lambda = m.sub(m.id("lambda"), m.text("max"));
  for (const { method, bound } of limitsOf(run)) {
    const sum = m.fenced(m.row(m.num(1), m.op("+"), m.id("beta")));
    const top = method === "descent" ? m.num(2) : m.row(m.num(2), sum);
    const label = `${NAME[method]} converges ${run.minimum ? "there" : "on the quadratic model"} for s below`;
    rows.push(reading(label, m.equation(m.fraction(top, lambda), m.num(bound))));
  }
  return rows;
}

const listed = (values) =>
  m.row(...values.flatMap((value) => [m.op(","), m.num(value)]).slice(1));

// ── words ───────────────────────────────────────────────────────────────────────────────────────

const steps = (count) => (count === 1 ? "1 step" : `${count} steps`);
const capital = (text) => text[0].toUpperCase() + text.slice(1);
const KINDS = {
  minimum: "a minimum",
  maximum: "a maximum",
  saddle: "a saddle point",
  undecided: "a point where ∇f = 0 and H is singular, which decides nothing",
  undefined: "a point where ∇f = 0",
};

/** Coordinates without what is too small to be seen. */
function grained(at, { range }) {
  return at.map((x) => (Math.abs(x) < GRAIN * range ? 0 : x));
}

function place(problem, run, at) {
  const seen = grained(at, run);
  return at.length === 1 ? equations(problem, seen) : vector(seen);
}

/** A factor, with enough digits to tell it from 1. */
const factorText = (value) => numeral(value, Math.abs(value - 1) < 1e-2 && value !== 1 ? 6 : 3);

/** What becomes of a method, as a clause after its name. */
function fate(problem, method, run) {
  const one = run.paths[method];
  const count = steps(one.points.length - 1);
  const last = place(problem, run, one.points.at(-1));
  switch (one.end) {
    case "arrived":
      return one.points.length === 1
        ? `stays where it is, at ${KINDS[one.kind]}`
        : `comes to ${KINDS[one.kind]}, ${last}, in ${count}`;
    case "away":
      return one.values.at(-1) < one.values[0]
        ? `runs off downhill after ${count}: no minimum is in its way`
        : `diverges: after ${count} it is too far off to be followed`;
    case "outside":
      return (
        `leaves the domain with step ${one.points.length}: ` +
        `at ${place(problem, run, one.at)} f has no value`
      );
    case "rough":
      return `comes to ${last}, where f has no gradient, and cannot go on`;
    case "singular":
      return (
        (one.points.length === 1 ? `takes no step: at ${last}` : `stops after ${count}: at ${last}`) +
        " H is singular, and H p = −∇f has no single solution p"
      );
    default:
      return undone(problem, one, run, last, count);
  }
}

function undone(problem, one, run, last, count) {
  if (isToAndFro(one)) {
    return `goes to and fro between ${place(problem, run, one.points.at(-2))} and ${last} for ever`;
  }
  if (isHigher(one)) return `has climbed: after ${count} it is at ${last}, higher than at the start`;
  const left = isInRanges(problem, one.points.at(-1)) ? "" : ", outside of the figure";
  return `is at ${last} after ${count}${left}, with |∇f| = ${numeral(one.sizes.at(-1), 3)}`;
}

const isHigher = ({ end, values }) => end === "done" && values.at(-1) > values[0];

function isInRanges(problem, at) {
  return shownPart(problem, at).every((x, k) => x >= problem.ranges[k][0] && x <= problem.ranges[k][1]);
}

export function words(problem, state, run, figure) {
  if (run.shown.length === 0) {
    const none = "No method is chosen.";
    return { [figure]: none, values: none, sizes: none, factors: factorWords(problem, run) };
  }
  const fates = run.shown.map((method) => `${NAME[method]} ${fate(problem, method, run)}`);
  const ends = (of) =>
    run.shown.map((method) => {
      const numbers = of(run.paths[method]).filter(areFinite);
      return `${NAME[method]} from ${numeral(numbers[0], 3)} to ${numeral(numbers.at(-1), 3)}`;
    });
  return {
    [figure]: `From ${equations(problem, state.at)}: ${fates.join("; ")}.`,
    values: `The value of f along the steps: ${ends(({ values }) => values).join(", ")}.`,
    sizes:
      `The length of the gradient along the steps: ${ends(({ sizes }) => sizes).join(", ")}. ` +
      "A straight line means the same factor in each step.",
    factors: factorWords(problem, run),
  };
}

function factorWords(problem, run) {
  const at = basis(run);
  if (!areFinite(at.values)) return "There is no Hessian here that could tell which step sizes converge.";
  const where = run.minimum
    ? `Near the minimum ${place(problem, run, run.minimum.at)}`
    : "With H as it is at the start";
  if (!(at.least > 0)) {
    return (
      `${where} the least eigenvalue is ${numeral(at.least)}, not positive: along its eigenvector ` +
      "the quadratic model has no minimum to converge to."
    );
  }
  const now = factorsAt(run.step, at, run.beta);
  const said = ["descent", "momentum"]
    .filter((method) => run.shown.includes(method))
    .map((method) => `by ${factorText(now[method])} in ${NAME[method]}`);
  if (said.length === 0) return "Newton’s method has no step size to choose.";
  return (
    `${where} a step of size ${numeral(run.step, 3)} multiplies what is left of the way, at worst, ` +
    `${said.join(" and ")}; with a factor of 1 or more a method does not converge.`
  );
}

// ── what is amiss ───────────────────────────────────────────────────────────────────────────────

/** Whether a path needs a word beyond the figure's own. */
const isAmiss = (one) =>
  (one.end === "arrived" && one.kind !== "minimum") ||
  !["arrived", "done"].includes(one.end) ||
  isToAndFro(one) ||
  isHigher(one);

export function remarks(problem, state, run) {
  const said = run.shown
    .filter((method) => isAmiss(run.paths[method]))
    .map((method) => `${capital(NAME[method])} ${fate(problem, method, run)}.`);
  const bound = tooLong(run);
  if (bound) {
    said.push(
      `The step size ${numeral(run.step, 3)} is not below 2/λ = ${numeral(bound, 3)}: along the ` +
        "steepest bend a step of descent overshoots the minimum and lands no nearer to it.",
    );
  }
  const newton = newtonRemark(run);
  if (newton) said.push(newton);
  if (said.length === 0) return {};
  return { note: said.join(" "), offer: bound ? shorter(state, round(bound / 2, 2)) : null };
}

const shorter = (state, step) => ({
  label: `Take the step size ${numeral(step)}`,
  state: { ...state, step },
});

/** The bound that the step of plain descent is beyond, if it is. */
function tooLong(run) {
  const limit = limitsOf(run).find(({ method }) => method === "descent");
  return limit && run.step >= limit.bound ? limit.bound : null;
}

/** Newton's method looks for ∇f = 0, not for less. */
function newtonRemark({ shown, start, uphill, slopes, paths }) {
  if (!shown.includes("newton") || !(start.least < 0) || norm(slopes) === 0) return null;
  if (paths.newton.end === "singular" && paths.newton.points.length === 1) return null;
  const aim = start.most < 0 ? "maximum" : "saddle point";
  return (
    `At the start H has the eigenvalue ${numeral(start.least)}: the quadratic model has no minimum, ` +
    `and Newton’s first step makes for its ${aim}${uphill ? ", uphill" : ""}.`
  );
}
