/** Ways down: paths of gradient descent, momentum and Newton's method, and when they diverge. */

import { numeral } from "../numerals.js";
import { linspace } from "../shapes.js";
import {
  areFinite,
  clamp,
  equations,
  handleOnCurve,
  hasGradient,
  inSight,
  pointHandle,
  shownPart,
  undefinedHere,
} from "./common.js";
import { METHODS } from "./descend.js";
import { basis, factorsAt, limitsOf, walked } from "./descent_run.js";
import { readings, remarks, words } from "./descent_words.js";
import { NOTHING, NO_WORDS, blank, flatPoints, mark } from "./traces.js";

/** The names of the methods as traces have them. */
const TRACE = { descent: "descent", momentum: "momentum", newton: "Newton" };
const BOUND = { descent: "2/λ", momentum: "2(1 + β)/λ" };
const HIDDEN = { ...NOTHING, visible: false };
const SAMPLES = 161;

export function draw(problem, state) {
  const here = problem.functions(state.at);
  const run = hasGradient(here) ? walked(problem, state, here) : null;
  const figure = problem.shown.length === 1 ? "curve" : "field";
  const window = run ? valueWindow(problem, run) : [0, 0];
  return inSight(problem, state, {
    traces: {
      [figure]: onMap(problem, state, here, run),
      values: overSteps(run, (one) => one.values, (value) => value >= window[0] && value <= window[1]),
      // On a logarithmic axis there is no 0.
      sizes: overSteps(run, (one) => one.sizes, (size) => size > 0),
      factors: factors(problem, run),
    },
    layouts: run ? layouts(run, window) : {},
    readings: run ? readings(problem, state, run) : [],
    words: run ? words(problem, state, run, figure) : {},
    handles: [onFigure(problem, state, here, figure), ...(run ? [onStep(problem, state, run)] : [])],
    ...(run ? remarks(problem, state, run) : undefinedHere(problem, state, hasGradient)),
  });
}

/** The steps come one after the other. */
export function play(problem, state, part) {
  return part === 1 ? state : { ...state, steps: Math.round(part * state.steps) };
}

// ── the paths ───────────────────────────────────────────────────────────────────────────────────

function onMap(problem, state, { f }, run) {
  const isCurve = problem.shown.length === 1;
  const traces = METHODS.map((method) => [TRACE[method], trace(problem, run, method, isCurve)]);
  const ends = traces.map(([name, { x, y, visible }]) => [
    `${name} end`,
    visible ? { x: x.slice(-1), y: y.slice(-1), visible } : HIDDEN,
  ]);
  const place = [...shownPart(problem, state.at), f].slice(0, 2);
  const start = mark(place, `the start ${equations(problem, state.at)}<br>f = ${numeral(f)}`);
  return { ...Object.fromEntries([...traces, ...ends]), point: areFinite(f) ? start : NOTHING };
}

function trace(problem, run, method, isCurve) {
  const isShown = Boolean(run?.shown.includes(method));
  if (!isShown) return { ...HIDDEN, customdata: [] };
  const { points, values } = run.paths[method];
  const shown = points.map((point) => shownPart(problem, point));
  const line = isCurve ? { x: shown.map(([x]) => x), y: values } : flatPoints(shown);
  return { ...line, customdata: values, visible: true };
}

// ── along the steps ─────────────────────────────────────────────────────────────────────────────

/** Values by the number of the step, those that are to be kept. */
function overSteps(run, of, keeps) {
  return Object.fromEntries(
    METHODS.map((method) => {
      if (!run?.shown.includes(method)) return [TRACE[method], HIDDEN];
      const values = of(run.paths[method]);
      const y = values.map((value) => (areFinite(value) && keeps(value) ? value : null));
      return [TRACE[method], { x: values.map((_, k) => k), y, visible: true }];
    }),
  );
}

/**
 * The values of f that are drawn: from the lowest reached to a little above the start, in round
 * numbers.  A path that diverges leaves them.
 */
function valueWindow({ visible: [bottom, top] }, run) {
  const [first] = run.paths.descent.values;
  const found = run.shown.flatMap((method) => run.paths[method].values);
  const low = Math.max(Math.min(first, ...found), Math.min(first, bottom) - (top - bottom));
  const fall = first - low;
  const high = first + (fall > 0 ? 0.1 * fall : top - bottom || 1);
  // So far apart that the axis stands still for a while, and close enough to fill the figure.
  const grain = 10 ** Math.floor(Math.log10((high - low) / 4));
  return [Math.floor((low - 0.05 * (high - low)) / grain) * grain, Math.ceil(high / grain) * grain];
}

/** Axes that hold what is drawn, in tens of steps; the lengths of gradients by powers of ten. */
function layouts(run, window) {
  const most = 10 * Math.max(Math.ceil(run.steps / 10), 1);
  const steps = [-0.03 * most, 1.03 * most];
  const all = run.shown.flatMap((method) => run.paths[method].sizes);
  const sizes = all.filter((size) => size > 0 && areFinite(size));
  const powers = sizes.length ? [Math.min(...sizes), Math.max(...sizes)].map(Math.log10) : [0, 1];
  const [low, high] = [Math.floor(powers[0]), Math.ceil(powers[1])];
  // Whole powers of ten alone, about six of them: the digits between would look like values.
  const dtick = Math.max(1, Math.ceil((high - low) / 6));
  return {
    values: { "xaxis.range": steps, "yaxis.range": window },
    sizes: { "xaxis.range": steps, "yaxis.range": [low - 0.1, high + 0.1], "yaxis.dtick": dtick },
  };
}

// ── what a step does near the minimum ───────────────────────────────────────────────────────────

function factors({ stepRange }, run) {
  const none = { ...blank(["descent", "momentum", "now", "marks", "bounds"]), names: NO_WORDS };
  if (!run || !areFinite(basis(run).values)) return none;
  const [low, high] = stepRange;
  const steps = linspace(Math.log10(low), Math.log10(high), SAMPLES).map((power) => 10 ** power);
  const all = steps.map((step) => factorsAt(step, basis(run), run.beta));
  const now = factorsAt(run.step, basis(run), run.beta);
  const curves = ["descent", "momentum"].filter((method) => run.shown.includes(method));
  const drawn = (method) =>
    curves.includes(method) ? { x: steps, y: all.map((at) => at[method]), visible: true } : HIDDEN;
  const limits = limitsOf(run);
  return {
    descent: drawn("descent"),
    momentum: drawn("momentum"),
    now: { x: [run.step, run.step], y: [0, 2] },
    marks: { x: curves.map(() => run.step), y: curves.map((method) => now[method]) },
    bounds: {
      x: limits.flatMap(({ bound }) => [bound, bound, null]),
      y: limits.flatMap((_, k) => [footOf(k, limits), 1, null]),
    },
    names: {
      x: limits.map(({ bound }) => bound),
      y: limits.map((_, k) => footOf(k, limits) + 0.08),
      text: limits.map(({ method }) => ` ${BOUND[method]} `),
      // The smaller bound has its name on the left; at the end of the axis a word would be cut.
      textposition: limits.map(({ bound, method }) =>
        method === "descent" || bound > high / 4 ? "middle left" : "middle right"),
    },
  };
}

/** How far down the mark of a bound goes: the larger bound is named below the end of the smaller. */
const footOf = (k, limits) => 0.16 * (limits.length - 1 - k);

// ── what can be taken hold of ───────────────────────────────────────────────────────────────────

function onFigure(problem, state, { f }, figure) {
  const isCurve = figure === "curve";
  const handle = isCurve ? handleOnCurve(problem, state, figure, f) : pointHandle(problem, state, figure);
  return { ...handle, label: "The start" };
}

function onStep({ stepRange: [low, high] }, state, { step }) {
  return {
    id: "step",
    figure: "factors",
    at: [step, 1],
    label: "The step size",
    text: `step size ${numeral(step, 3)}`,
    move: ([to]) => ({ ...state, step: clamp(to, low, high) }),
  };
}
