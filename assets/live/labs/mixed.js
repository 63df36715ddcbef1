/** The four-point quotient of f, and its two limits: the mixed partial derivatives. */

import * as m from "../mathml.js";
import { columns } from "../meshes.js";
import { numeral } from "../numerals.js";
import { linspace, polygon } from "../shapes.js";
import {
  areFinite,
  clamp,
  equations,
  inSight,
  pointHandle,
  reading,
  shownPart,
  spans,
  undefinedHere,
  withShown,
} from "./common.js";
import { NOTHING_IN_SPACE, blank, flatPoints, mark } from "./traces.js";

const POINTS = 81;
// Mixed partials this close to each other, beside their size, are the same but for rounding.
const EQUAL = 1e-9;
const DIGITS = 3;
// How far from the corners their signs stand, as a part of the ranges.
const SIGN = 0.05;
const SIGNS = ["+", "−", "+", "−"];

const isGood = ({ f, fa, fb, fab, fba }) => areFinite(f, fa, fb, fab, fba);

export function draw(problem, state) {
  const here = lookedAt(problem, state);
  const amiss = here.isDefined ? {} : undefinedHere(problem, state, isGood);
  return inSight(problem, state, {
    traces: { domain: domain(problem, here), slopes: slopes(problem, here), second: second(here) },
    readings: readings(problem, here),
    words: words(problem, here),
    handles: [pointHandle(problem, state, "domain"), corner(problem, state, here)],
    ...(here.isKnown ? { note: byDefinition(problem) } : amiss),
  });
}

/**
 * One side of the rectangle shrinks, and after it the other.  In the end the first is much shorter:
 * it has gone to 0 already when the other sets out.
 */
export function play({ sides, last, first }, state, part) {
  const order = state.order === "k" ? ["mk", "mh"] : ["mh", "mk"];
  const place = (name) => (name === "mh" ? 0 : 1);
  const end = Math.min(last[place(order[1])], state[order[1]]);
  const ends = [Math.max(sides[place(order[0])][0], first * end), end];
  const shrunk = (k, done) => {
    const from = state[order[k]];
    return from * (Math.min(ends[k], from) / from) ** done;
  };
  return {
    ...state,
    [order[0]]: shrunk(0, Math.min(1, 2 * part)),
    [order[1]]: shrunk(1, Math.max(0, 2 * part - 1)),
  };
}

// ── at the point ────────────────────────────────────────────────────────────────────────────────

/** All that is drawn and said: f at the corners, both slopes, both mixed partials. */
function lookedAt(problem, state) {
  const [h, k] = sidesOf(problem, state);
  const [x, y] = shownPart(problem, state.at);
  const at = (u, v) => problem.functions(withShown(problem, state.at, [u, v]));
  const isKnown = problem.known !== null && problem.known.at.every((value, i) => value === state.at[i]);
  // At a point where the rules give no value it is taken from the definition.
  const values = isKnown ? { ...at(x, y), ...problem.known } : at(x, y);
  const firstAt = isKnown ? (s) => at(x, s).alongB : (s) => at(x, y + s).fa;
  const secondAt = isKnown ? (s) => at(s, y).alongA : (s) => at(x + s, y).fb;
  const corners = [[x, y], [x + h, y], [x + h, y + k], [x, y + k]];
  const [f00, f10, f11, f01] = corners.map(([u, v]) => at(u, v).f);
  return {
    at: state.at,
    h,
    k,
    corners,
    f: { f00, f10, f11, f01 },
    quotient: (f11 - f10 - f01 + f00) / (h * k),
    ...(({ fa, fb, fab, fba }) => ({ fa, fb, fab, fba }))(values),
    firstAt,
    secondAt,
    firstQuotient: (firstAt(k) - values.fa) / k,
    secondQuotient: (secondAt(h) - values.fb) / h,
    isKnown,
    isDefined: isKnown || isGood(values),
  };
}

/** The sides of the rectangle, never 0: what the address says may belong to another function. */
function sidesOf({ sides }, { mh, mk }) {
  return [mh, mk].map((length, i) => clamp(length, ...sides[i]));
}

function corner(problem, state, { corners, h, k }) {
  const [x, y] = corners[0];
  const [a, b] = shownPart(problem, problem.pretty);
  return {
    id: "corner",
    figure: "domain",
    at: corners[2],
    label: "The opposite corner of the rectangle",
    text: `h = ${numeral(h, DIGITS)} in ${a}, k = ${numeral(k, DIGITS)} in ${b}`,
    shape: "corner",
    move: ([u, v]) => {
      const [mh, mk] = sidesOf(problem, { mh: u - x, mk: v - y });
      return { ...state, mh, mk };
    },
  };
}

const areEqual = ({ fab, fba }) => Math.abs(fab - fba) <= EQUAL * Math.max(1, Math.abs(fab), Math.abs(fba));

// ── traces ──────────────────────────────────────────────────────────────────────────────────────

const CURVES = ["first", "firstTangent", "firstChord", "second", "secondTangent", "secondChord"];

const pieces = (lines) => flatPoints(lines.flatMap((line, i) => (i ? [[null, null], ...line] : line)));

function domain(problem, { corners, f }) {
  const [[x, y], [u], [, v]] = corners;
  // The signs stand outside, clear of what is drawn at the corners.
  const [aside, above] = spans(problem).map((length) => SIGN * length);
  const off = outwards([x, u], aside, problem.ranges[0]);
  const up = outwards([y, v], above, problem.ranges[1]);
  const values = [f.f00, f.f10, f.f11, f.f01];
  return {
    area: polygon(corners),
    across: pieces([[[x, y], [u, y]], [[x, v], [u, v]]]),
    upward: pieces([[[x, y], [x, v]], [[u, y], [u, v]]]),
    corners: { ...flatPoints(corners.slice(1)), text: values.slice(1).map((value, i) => `${SIGNS[i + 1]} f = ${numeral(value)}`) },
    point: mark([x, y], `+ f = ${numeral(f.f00)}`),
    signs: {
      ...flatPoints(corners.map(([a, b], i) => [a + off[[0, 1, 1, 0][i]], b + up[[0, 0, 1, 1][i]]])),
      text: SIGNS,
    },
  };
}

/** Steps from both ends of a side to its signs: away from it, unless the figure ends there. */
function outwards([from, to], step, [low, high]) {
  const isSeen = (x) => x > low + step / 2 && x < high - step / 2;
  return [
    isSeen(from - step) ? -step : step,
    isSeen(to + step) ? step : -step,
  ];
}

function slopes(problem, here) {
  const { reach } = problem;
  const { fa, fb, fab, fba, h, k, firstAt, secondAt } = here;
  const steps = linspace(-reach, reach, POINTS);
  const [a, b] = shownPart(problem, problem.pretty);
  const curve = (slopeAt, start) => ({ x: steps, y: steps.map((s) => slopeAt(s) - start) });
  const tangent = (slope) => ({ x: [-reach, reach], y: [-slope * reach, slope * reach] });
  const ends = [[k, firstAt(k) - fa], [h, secondAt(h) - fb]];
  if (!here.isDefined) return blank([...CURVES, "ends", "point", "names"]);
  return {
    first: { ...curve(firstAt, fa), hovertemplate: `∂f/∂${a} along ${b}: change %{y:.4~g}<extra></extra>` },
    second: { ...curve(secondAt, fb), hovertemplate: `∂f/∂${b} along ${a}: change %{y:.4~g}<extra></extra>` },
    firstTangent: tangent(fab),
    secondTangent: tangent(fba),
    firstChord: flatPoints([[0, 0], ends[0]]),
    secondChord: flatPoints([[0, 0], ends[1]]),
    ends: flatPoints(ends),
    point: { x: [0], y: [0] },
    names: named(here, [a, b], problem),
  };
}

/** The names of the curves, in corners where these do not go: one on the left, one on the right. */
function named({ fab, fba }, [a, b], { reach, rise }) {
  const [left, right] = [fab < 0 ? -1 : 1, fba < 0 ? 1 : -1];
  return {
    x: [-0.96 * reach, 0.96 * reach],
    y: [0.88 * left * rise, 0.88 * right * rise],
    text: [`∂f/∂${a} along ${b}`, `∂f/∂${b} along ${a}`],
    textposition: ["middle right", "middle left"],
  };
}

function second({ corners, quotient, fab, fba, isDefined }) {
  const [[x, y], , [u, v]] = corners;
  const isFlat = areFinite(quotient);
  const rim = [...corners, corners[0]];
  const value = (height, name) => ({
    ...(isDefined ? columns([[x, y, height]]) : NOTHING_IN_SPACE),
    hovertemplate: `limit, ${name} first: ${numeral(height)}<extra></extra>`,
  });
  return {
    patch: isFlat
      ? { x: [x, u], y: [y, v], z: [[quotient, quotient], [quotient, quotient]], hovertemplate: `Δ = ${numeral(quotient)}<extra></extra>` }
      : NOTHING_IN_SPACE,
    rim: isFlat ? { ...flatPoints(rim), z: rim.map(() => quotient) } : NOTHING_IN_SPACE,
    first: value(fab, "h"),
    second: value(fba, "k"),
  };
}

// ── numbers and words ───────────────────────────────────────────────────────────────────────────

/** Fractions as large as in a displayed formula. */
const large = (...parts) => `<mstyle displaystyle="true">${parts.join("")}</mstyle>`;
const num = (value) => m.num(value, DIGITS);
const minus = (some, other) => m.row(some, m.op("−"), other < 0 ? m.fenced(num(other)) : num(other));

/** ∂²f/∂outer∂inner, as in ∂/∂outer (∂f/∂inner). */
function secondPartial(problem, outer, inner) {
  const [f, by] = [m.id(problem.letter), (name) => m.row(m.op("∂"), m.id(name))];
  return m.fraction(m.row(m.sup(m.op("∂"), m.num(2)), f), m.row(by(outer), by(inner)));
}

function readings(problem, here) {
  const { f, h, k, quotient, firstAt, secondAt, fa, fb, fab, fba, firstQuotient, secondQuotient } = here;
  const [a, b] = shownPart(problem, problem.names);
  const terms = m.row(minus(num(f.f11), f.f10), m.op("−"), f.f01 < 0 ? m.fenced(num(f.f01)) : num(f.f01), m.op(f.f00 < 0 ? "−" : "+"), num(Math.abs(f.f00)));
  // Where the corners differ in later digits than are written, the sum says more than its terms.
  const sum = quotient * h * k;
  const isSeen = Math.abs(sum) >= 10 ** (1 - DIGITS) * Math.max(...Object.values(f).map(Math.abs));
  const above = isSeen || sum === 0 ? terms : num(sum);
  const below = m.row(num(h), m.op("·"), num(k));
  if (!areFinite(quotient)) return [];
  const rows = [
    reading("the quotient Δ(h, k)", large(m.equation(m.fraction(above, below), m.num(quotient)))),
    reading("after h → 0", large(m.equation(m.fraction(minus(num(firstAt(k)), fa), num(k)), m.num(firstQuotient)))),
    reading("after k → 0", large(m.equation(m.fraction(minus(num(secondAt(h)), fb), num(h)), m.num(secondQuotient)))),
  ];
  if (!here.isDefined) return rows.slice(0, 1);
  return [
    ...rows,
    reading("h first, then k", large(m.equation(secondPartial(problem, b, a), m.num(fab)))),
    reading("k first, then h", large(m.equation(secondPartial(problem, a, b), m.num(fba)))),
    reading("their difference", m.num(areEqual(here) ? 0 : fba - fab)),
  ];
}

function words(problem, here) {
  const { h, k, quotient } = here;
  const size = `h = ${numeral(h, DIGITS)}, k = ${numeral(k, DIGITS)}`;
  const said = {
    domain: areFinite(quotient)
      ? `With the signs at its corners, f over the area of the rectangle (${size}) gives Δ = ${numeral(quotient)}.`
      : `At a corner of the rectangle (${size}) f has no value.`,
  };
  if (!here.isDefined) return said;
  return { ...said, slopes: ofSlopes(here), second: ofSurface(problem, here) };
}

function ofSlopes(here) {
  const { fab, fba } = here;
  if (areEqual(here)) {
    return `At the point both curves have the slope ${numeral(fab)}: the order of differentiating does not matter. The dotted chords are what is left of Δ when one side of the rectangle has gone to 0.`;
  }
  return `The slopes at the point are ${numeral(fab)} and ${numeral(fba)}: here the order of differentiating matters. The dotted chords are what is left of Δ when one side of the rectangle has gone to 0.`;
}

function ofSurface(problem, here) {
  const { near } = problem.known ?? {};
  if (here.isKnown && near && !areEqual(here)) {
    return `However close to the point, this surface takes all heights from ${numeral(near[0])} to ${numeral(near[1])}, along each ray from it another: it has no limit there, so the theorem says nothing. The two marks are the limits of Δ.`;
  }
  return "Where f is smooth over the rectangle, the surface is somewhere as high as Δ (mean value theorem); if it is continuous at the point, both limits of Δ are its height there.";
}

/** How the values were found at a point where the rules of differentiating give none. */
function byDefinition(problem) {
  const { known, letter } = problem;
  const [a, b] = shownPart(problem, problem.pretty);
  return (
    `At ${equations(problem, known.at)} the rules give no value. From the definition, as limits: ` +
    `∂${letter}/∂${a}(0, ${b}) = ${known.alongB}, with the slope ${numeral(known.fab)} at 0; ` +
    `∂${letter}/∂${b}(${a}, 0) = ${known.alongA}, with the slope ${numeral(known.fba)} at 0.`
  );
}
