/** How far difference quotients are from the derivative, against h: truncation, then round-off. */

import * as m from "../mathml.js";
import { numeral } from "../numerals.js";
import { areFinite, clamp, reading } from "./common.js";
import {
  EPSILON,
  amiss,
  asked,
  called,
  central,
  letterMath,
  lineInBox,
  oneSided,
  partialMath,
  slice,
  sliceBox,
  sliceHandles,
  sliceLayout,
  tall,
} from "./quotient.js";
import { NOTHING, mark } from "./traces.js";

const RULES = { forward: oneSided, central };
const NAMES = Object.keys(RULES);
// From the longest h down, and the places in each power of ten.
const DECADES = 16;
const PLACES = 8;
// Powers of ten above and below the size of f that the errors have room in.
const ABOVE = 2;
const BELOW = 17;
// Where the guides bear their names, in powers of ten below the longest h.
const NAMED = { forward: 3, central: 7.2, floor: 15.5 };

export function draw(problem, state) {
  // The step has no side here: both are looked at.
  const question = asked(problem, { ...state, left: false });
  const sweep = sweepOf(problem, state, question);
  const here = hereOf(question);
  return {
    traces: {
      slice: chords(problem, state, question, here),
      error: { ...sweep.traces, ...pointsHere(question, sweep, here) },
    },
    layouts: {
      slice: sliceLayout(problem, state, question),
      error: { "xaxis.range": sweep.frame.x, "yaxis.range": sweep.frame.y },
    },
    readings: readings(problem, question, sweep, here),
    words: words(problem, question, sweep, here),
    handles: handles(problem, state, question, sweep, here),
    ...amiss(problem, state, question),
  };
}

/** h goes down from the longest to the shortest, by equal factors. */
export function play({ longest }, state, part) {
  return { ...state, h: longest * 10 ** (-DECADES * part) };
}

// ── numbers ─────────────────────────────────────────────────────────────────────────────────────

/** What a rule gives at the h of the reader, and how far that is from the derivative. */
function hereOf({ value, x, size, slope }) {
  const quotients = Object.fromEntries(NAMES.map((rule) => [rule, RULES[rule](value, x, size)]));
  const errors = Object.fromEntries(NAMES.map((rule) => [rule, Math.abs(quotients[rule] - slope)]));
  return { quotients, errors };
}

/**
 * What is to be expected of the rules at a point.
 *
 * By Taylor's theorem the forward quotient is off by h|f″|/2 and the central one by h²|f‴|/6, to
 * leading order, with the derivatives by the variable that moves.  Each value of f is rounded, by
 * ε|f|/2 at most; the difference of two is divided by h, or by 2h, so that the forward quotient is
 * off by up to ε|f|/h besides, and the central one by up to ε|f|/2h.  The sum of both errors is
 * least at the best h (Press et al., Numerical Recipes, 3rd edition, §5.7; Nocedal and Wright,
 * Numerical Optimization, 2nd edition, §8.1).
 */
function expectations(problem, { at }, { place, part, from }) {
  const { seconds, thirds } = problem.functions(at);
  const entry = part * problem.names.length + place;
  const rounding = EPSILON * Math.abs(from);
  const [second, third] = [seconds, thirds].map((values) => Math.abs(values[entry]));
  return {
    expected: {
      forward: (h) => (second * h) / 2,
      central: (h) => (third * h * h) / 6,
    },
    floor: { forward: (h) => rounding / h, central: (h) => rounding / (2 * h) },
    best: {
      forward: Math.sqrt((2 * rounding) / second),
      central: Math.cbrt((3 * rounding) / (2 * third)),
    },
    isExact: { forward: problem.isZero.seconds[entry], central: problem.isZero.thirds[entry] },
  };
}

/** The axes, as powers of ten: for one function they stay where they are. */
function frameOf({ longest }, { chart, place }) {
  const [low, high] = chart.visible;
  const [left, right] = chart.ranges[chart.axes.indexOf(place)];
  const size = Math.max(Math.abs(low), Math.abs(high), (high - low) / (right - left)) || 1;
  const scale = Math.floor(Math.log10(size));
  const top = Math.round(Math.log10(longest));
  return { x: [top - DECADES - 0.3, top + 0.3], y: [scale - BELOW, scale + ABOVE] };
}

const sweeps = new WeakMap();

/** The errors at many h with all that does not depend on the h of the reader; computed once. */
function sweepOf(problem, state, question) {
  const key = [question.part, question.place, ...state.at].join(" ");
  const known = sweeps.get(problem);
  if (known?.key === key) return known.sweep;
  const { value, x, slope } = question;
  const steps = Array.from({ length: DECADES * PLACES + 1 }, (_, k) => problem.longest * 10 ** (-k / PLACES));
  const errors = Object.fromEntries(
    NAMES.map((rule) => [rule, steps.map((h) => Math.abs(RULES[rule](value, x, h) - slope))]),
  );
  const frame = frameOf(problem, question);
  const theory = expectations(problem, state, question);
  const sweep = { frame, ...theory, traces: graph(problem, { steps, errors, frame, ...theory }) };
  sweeps.set(problem, { key, sweep });
  return sweep;
}

const isOnPaper = (value) => Number.isFinite(value) && value > 0;

// ── pictures ────────────────────────────────────────────────────────────────────────────────────

/** The slice with the chord of the central quotient, which is nearly parallel to the tangent. */
function chords(problem, state, question, { quotients }) {
  const { x, h, value, to } = question;
  const [behind, middle] = [value(x - h), (value(x - h) + to) / 2];
  return {
    ...slice(problem, state, question),
    chord: {
      ...lineInBox([x, middle], quotients.central, sliceBox(problem, state, question)),
      hovertemplate: `chord from −h to h: slope ${numeral(quotients.central)}<extra></extra>`,
    },
    behind: mark([x - h, behind], `the step back: f = ${numeral(behind)}`),
  };
}

/** All that stays while h is dragged. */
function graph({ longest }, { steps, errors, frame, expected, floor, best }) {
  const [bottom, top] = frame.y.map((power) => 10 ** power);
  const ends = frame.x.map((power) => 10 ** power);
  const guide = (law, meaning) => {
    const y = ends.map(law);
    const line = y.every(isOnPaper) ? { x: ends, y } : NOTHING;
    return { ...line, hovertemplate: `${meaning}<extra></extra>` };
  };
  const exact = steps.filter((_, k) => NAMES.some((rule) => errors[rule][k] === 0));
  const stars = NAMES.map((rule) => [`${rule}_best`, star(rule, best[rule], expected[rule], floor[rule])]);
  const dots = NAMES.map((rule) => [
    rule,
    { x: steps, y: errors[rule].map((error) => (isOnPaper(error) ? error : NaN)) },
  ]);
  return {
    floor: guide(floor.forward, "what rounding f may cost: forward ε|f|/h, central half of it"),
    forward_guide: guide(expected.forward, "Taylor: h|f″|/2"),
    central_guide: guide(expected.central, "Taylor: h²|f‴|/6"),
    ...Object.fromEntries([...dots, ...stars]),
    exact: {
      x: exact,
      y: exact.map(() => 2 * bottom),
      hovertemplate: "h = %{x:.2~g}: an error of exactly 0<extra></extra>",
    },
    marks: marks(longest, { ...expected, floor: floor.forward }, top),
  };
}

function star(rule, best, expected, floor) {
  const isThere = isOnPaper(best);
  return {
    x: isThere ? [best] : [],
    y: isThere ? [expected(best) + floor(best)] : [],
    hovertemplate: `best h for the ${rule} quotient: ${numeral(best, 2)}<extra></extra>`,
  };
}

/** The names of the guides, beside them. */
function marks(longest, laws, top) {
  const names = Object.keys(NAMED);
  const x = names.map((name) => longest * 10 ** -NAMED[name]);
  const y = names.map((name, k) => laws[name](x[k]));
  return {
    x,
    y: y.map((height) => (isOnPaper(height) && height < top ? height : NaN)),
    text: ["forward: slope 1", " central: slope 2", "round-off ε|f|/h"],
    textposition: ["top left", "middle right", "top right"],
  };
}

/** What moves with h. */
function pointsHere({ size }, { frame }, { errors }) {
  const dots = NAMES.map((rule) => [
    `${rule}_here`,
    mark(
      [size, isOnPaper(errors[rule]) ? errors[rule] : NaN],
      `${rule}: off by ${numeral(errors[rule], 3)}`,
    ),
  ]);
  return {
    now: { x: [size, size], y: frame.y.map((power) => 10 ** power) },
    ...Object.fromEntries(dots),
  };
}

function handles(problem, state, question, { frame }, { errors }) {
  const { size } = question;
  const height = isOnPaper(errors.forward) ? Math.log10(errors.forward) : frame.y[0];
  const inside = (value, [low, high]) => 10 ** clamp(value, low, high);
  const step = {
    id: "step",
    figure: "error",
    at: [inside(Math.log10(size), frame.x), inside(height, frame.y)],
    label: "The step h",
    text: `h = ${numeral(size)}, forward quotient off by ${numeral(errors.forward, 3)}`,
    move: ([h]) => ({ ...state, h }),
  };
  const flat = sliceHandles(problem, state, question).map((handle) => ({
    ...handle,
    move: (at) => without("left", handle.move(at)),
  }));
  return [...flat, step];
}

const without = (name, { [name]: _, ...rest }) => rest;

// ── numbers and words ───────────────────────────────────────────────────────────────────────────

function readings(problem, question, sweep, { quotients, errors }) {
  const { slope, part, place } = question;
  const f = letterMath(problem, part);
  const h = m.id("h");
  const name = (k) => m.id(problem.names[k]);
  const at = (sign) =>
    called(problem, question, f, (k) => (sign && k === place ? m.row(name(k), m.op(sign), h) : name(k)));
  const forward = m.fraction(m.row(at("+"), m.op("−"), at("")), h);
  const both = m.fraction(m.row(at("+"), m.op("−"), at("−")), m.row(m.num(2), h));
  return [
    tall("partial derivative", m.equation(partialMath(problem, question, f), m.num(slope, 6))),
    tall("forward", m.equation(forward, m.num(quotients.forward, 6))),
    reading("forward error", m.num(errors.forward, 3)),
    tall("central", m.equation(both, m.num(quotients.central, 6))),
    reading("central error", m.num(errors.central, 3)),
    ...bestSteps(f, sweep),
  ];
}

/** √(2ε|f/f″|) and ∛(3ε|f/f‴|/2), where truncation and round-off together are least. */
function bestSteps(f, { best, isExact }) {
  const under = (factor, primes) =>
    m.row(factor, m.id("ε"), m.bars(m.row(f, m.op("/"), f, m.op(primes))));
  const third = m.row(m.num(1), m.op("/"), m.num(3));
  const formulas = {
    forward: m.root(under(m.num(2), "″")),
    central: m.sup(m.fenced(under(m.fraction(m.num(3), m.num(2)), "‴")), third),
  };
  return NAMES.filter((rule) => !isExact[rule] && isOnPaper(best[rule])).map((rule) =>
    reading(`best h, ${rule}`, m.approx(formulas[rule], m.num(best[rule], 2))),
  );
}

function words(problem, question, sweep, { quotients, errors }) {
  const { from, to, slope, place, size } = question;
  if (!areFinite(from, to, slope, errors.forward)) return {};
  const slice =
    `Over h = ${numeral(size)} the secant has slope ${numeral(quotients.forward)}, the chord from ` +
    `−h to h ${numeral(quotients.central)}, the tangent ${numeral(slope)}.`;
  const off =
    `The forward quotient is off by ${numeral(errors.forward, 2)}, the central one by ` +
    `${numeral(errors.central, 2)}. `;
  return { slice, error: off + why(problem.pretty[place], size, sweep, errors) };
}

/** What rules at this h. */
function why(name, size, { isExact, best, expected }, errors) {
  if (errors.forward === 0 && !isExact.forward) {
    return "With round numbers a computer may hit the derivative to the last digit: the triangles.";
  }
  if (isExact.forward) {
    return `In ${name} the function is linear: every quotient is the derivative, and what is left is round-off alone.`;
  }
  if (isExact.central) {
    return `In ${name} the function is quadratic: the central quotient is the derivative, save for round-off.`;
  }
  if (expected.forward(1) === 0) {
    return "Here the second derivative is 0, and the forward quotient is better than usual.";
  }
  if (!isOnPaper(best.forward)) return "";
  return size > best.forward
    ? "For the forward one that is mostly truncation, h|f″|/2: a shorter h would do better."
    : "For the forward one that is mostly round-off, up to ε|f|/h: a longer h would do better.";
}
