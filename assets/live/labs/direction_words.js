/** The directional derivative in numbers and in words, and what is amiss at a point. */

import { norm } from "../linear.js";
import * as m from "../mathml.js";
import { numeral, vector } from "../numerals.js";
import { degrees, turned } from "./angles.js";
import { areFinite, clamp, equations, hasGradient, reading, undefinedHere } from "./common.js";
import { fitsOneGradient } from "./onesided.js";

export function readings(problem, { gradient, whole, rate, size, turn, isSmooth, slope, f }) {
  if (!areFinite(f)) return [];
  const name = m.row(m.op("∇"), m.id(problem.letter));
  const v = m.id(problem.direction);
  const derivative = m.row(m.sub(m.id("D"), v), m.id(problem.letter));
  const direction = reading("the unit vector, a column", m.equation(v, m.column(whole)));
  const label = `slope along ${problem.direction}`;
  if (!isSmooth) {
    const measured = areFinite(rate) ? m.approx(derivative, m.num(rate)) : m.text("none shows");
    return [direction, reading(`${label}, to this side`, measured)];
  }
  const length = norm(gradient);
  const product = m.row(m.rowVector(gradient, 3), m.column(whole, 3));
  // On lines of their own, for the column of numbers is narrow.
  const lines = [
    m.equation(derivative, m.row(name, v)),
    m.row(m.op("="), product),
    m.row(m.op("="), m.num(rate)),
  ];
  const rows = [
    { label: `${label}: row times column`, math: lines.map((line) => m.math(line)).join("<br>") },
    reading("length of the gradient", m.equation(m.bars(name), m.num(length))),
  ];
  if (size > 0) {
    const angle = (Math.acos(clamp(rate / length, -1, 1)) * 180) / Math.PI;
    const measure = m.row(m.num(angle), m.op("°"));
    const rule = m.row(m.bars(name), m.op("cos"), measure);
    rows.push(reading("the same by its angle to the gradient", m.equation(rule, m.num(rate))));
    rows.push(reading("steepest at the angle", m.row(m.num(degrees(slope)), m.op("°"))));
  }
  if (gradient.length > 2) rows.push(reading("steepest in this plane", m.num(size)));
  return rows;
}

function changes(rate) {
  if (rate === 0) return "stands still, to first order";
  return rate > 0 ? `rises by ${numeral(rate)} per unit` : `falls by ${numeral(-rate)} per unit`;
}

export function words(problem, here) {
  const { f, point, v, turn, rate, slope, size, isSmooth } = here;
  if (!areFinite(f)) return {};
  const { direction, start, parameter } = problem;
  const place =
    `At ${equations(problem, point)} the direction ${direction} = ${vector(v, 3)} ` +
    `stands at ${numeral(turn)}°`;
  if (!isSmooth) return roughWords(problem, here, place);
  const at = degrees(slope);
  const [level, opposite] = [turned(at + 90), turned(at + 270)].sort((a, b) => a - b);
  return {
    field: `${place}; along it f ${changes(rate)}. The gradient is ${vector(slope)}.`,
    cosine:
      size > 0
        ? `As ${direction} turns its slope is a cosine: ${numeral(size)} at ${numeral(at)}°, along ` +
          `the gradient; 0 at ${numeral(level)}° and ${numeral(opposite)}°, along the level curve; ` +
          `${numeral(-size)} opposite to the gradient.`
        : `The gradient is 0, and with it the slope along every ${direction}.`,
    slice:
      `On the line through the point along ${direction} the tangent of ` +
      `f(${start} + ${parameter} ${direction}) at ${parameter} = 0 has slope ${numeral(rate)}.`,
  };
}

function roughWords({ direction, parameter }, { rate }, place) {
  const toSide = areFinite(rate)
    ? `the slope to this side is about ${numeral(rate)}`
    : "no slope to this side could be measured";
  return {
    field: `${place}; ${toSide}.`,
    cosine: `The dashed curve shows the slopes to one side as ${direction} turns, measured by small steps.`,
    slice: `At ${parameter} = 0 each side has a slope of its own.`,
  };
}

/** What is amiss at the point, if anything: no value, or no gradient. */
export function complaint(problem, state, { f, isSmooth, along, point }) {
  if (isSmooth) return {};
  const { note, offer } = undefinedHere(problem, state, hasGradient);
  if (!areFinite(f)) return { note, offer: offer ?? null };
  const verdict = fitsOneGradient(along)
    ? "would agree with a gradient, but the rules give none."
    : "are no cosine: no gradient gives them, and f is not differentiable here.";
  return {
    note:
      `At ${equations(problem, point)} f has a value but its rules give no gradient, so the formula ` +
      `∇f ${problem.direction} does not apply. The slopes to one side, measured by small steps, ${verdict}`,
    offer: offer ?? null,
  };
}
