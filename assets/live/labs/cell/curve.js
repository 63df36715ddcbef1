/** A piece of an axis, its image on a curve, and the velocity. */

import { add, norm, scale } from "../../linear.js";
import * as m from "../../mathml.js";
import { numeral, vector } from "../../numerals.js";
import { ROUGH, digitsOf, lengthOfImage } from "../../measures.js";
import { joined, linspace, outlines } from "../../shapes.js";
import { areFinite, equations, reading, spans, undefinedHere } from "../common.js";
import {
  NOTHING,
  NOTHING_IN_SPACE,
  arrowInSpace,
  goesTo,
  imageReading,
  isGood,
  matrixReading,
  offReading,
  partOf,
  parts,
  plane,
  ratioAxes,
  shrunk,
  sizeHandle,
  space,
} from "./pieces.js";

const WIDTH = 0.011;
const FINE = 80;
const SIZES = 27;
const SAMPLES = 241;
// The tangents of the components reach so far, as a part of the range.
const REACH = 0.1;
// Where a curve crosses itself, the piece that the hand is on is preferred to the other.
const LOYALTY = 0.3;

export function draw(problem, state) {
  const here = look(problem, state);
  const isWhole = problem.figures.includes("ratio");
  const curve = isWhole && isGood(here) ? ratios(problem, here) : [];
  const nearest = (place) => ({ ...state, at: [nearestTo(problem, here.t, place)] });
  return {
    traces: {
      curve: problem.rows === 2 ? inPlane(problem, here) : inSpace(problem, here),
      components: components(problem, here),
      ...(isWhole ? { ratio: ratioTraces(here, curve) } : {}),
    },
    ...(curve.length ? { layouts: { ratio: ratioAxes(curve, here.speed, here.span) } } : {}),
    readings: isGood(here) ? readings(problem, here) : [],
    words: isGood(here) ? words(problem, here) : {},
    handles: handles(problem, state, here, nearest),
    ...(problem.rows === 3 ? { picks: { curve: nearest } } : {}),
    ...(isGood(here) ? {} : undefinedHere(problem, state, isGood)),
  };
}

export const play = (problem, state, part) => shrunk(state, part);

function look(problem, state) {
  const [t] = state.at;
  const { f, jacobian } = problem.functions([t]);
  const [span] = spans(problem);
  const length = partOf(state) * span;
  const measured = lengthOfImage(problem, [t], length);
  return {
    t,
    f,
    jacobian,
    length,
    span,
    image: piece(problem, t, length, FINE),
    speed: norm(jacobian),
    ratio: measured.value / length,
    doubt: measured.error / length,
  };
}

const piece = (problem, t, length, count) =>
  linspace(t - length / 2, t + length / 2, count + 1).map((x) => problem.functions([x]).f);

// ── the place on a curve that is nearest to a given one ─────────────────────────────────────────

const samples = new WeakMap();

function sampled(problem) {
  if (!samples.has(problem)) {
    const ts = linspace(...problem.ranges[0], SAMPLES);
    samples.set(problem, ts.map((t) => ({ t, f: problem.functions([t]).f })));
  }
  return samples.get(problem);
}

function nearestTo(problem, now, place) {
  const [span] = spans(problem);
  const extents = problem.window.map(([low, high]) => high - low);
  const away = ({ t, f }) =>
    norm(f.map((x, k) => (x - place[k]) / extents[k])) ** 2 + (LOYALTY * (t - now) / span) ** 2 * 0.01;
  const best = (list) =>
    list.reduce((found, one) => (away(one) < away(found) || !areFinite(found.f) ? one : found));
  const rough = best(sampled(problem)).t;
  const step = span / (SAMPLES - 1);
  const [low, high] = problem.ranges[0];
  const close = linspace(rough - step, rough + step, 21)
    .filter((t) => t >= low && t <= high)
    .map((t) => ({ t, f: problem.functions([t]).f }));
  return Number(best(close).t.toPrecision(4));
}

// ── what is drawn ───────────────────────────────────────────────────────────────────────────────

const ends = ({ f, jacobian, length }) =>
  [-0.5, 0.5].map((half) => add(f, scale(jacobian, half * length)));

const velocityHover = (problem, { jacobian }) =>
  `d${problem.letter}/d${problem.pretty[0]} = ${vector(jacobian)}<extra></extra>`;

function inPlane(problem, here) {
  if (!isGood(here)) return { image: NOTHING, linear: NOTHING, velocity: NOTHING, point: NOTHING };
  const lengths = problem.window.map(([low, high]) => high - low);
  const unit = Math.max(...lengths) > 3 * Math.min(...lengths) ? lengths : [1, 1];
  const thickness = WIDTH * Math.max(...lengths.map((length, k) => length / unit[k]));
  const arrow = scale(here.jacobian, problem.arrow);
  return {
    image: plane(here.image),
    linear: plane(ends(here)),
    velocity: {
      ...(norm(arrow) > 0 ? joined(outlines([here.f], [arrow], unit, thickness)) : NOTHING),
      hovertemplate: velocityHover(problem, here),
    },
    point: {
      ...plane([here.f]),
      hovertemplate: `${goesTo(problem, [here.t], here.f)}<extra></extra>`,
    },
  };
}

function inSpace(problem, here) {
  const nothing = NOTHING_IN_SPACE;
  if (!isGood(here)) return { image: nothing, linear: nothing, velocity: nothing, point: nothing };
  return {
    image: space(here.image),
    linear: space(ends(here)),
    velocity: {
      ...arrowInSpace(here.f, scale(here.jacobian, problem.arrow), problem.unit),
      hovertemplate: velocityHover(problem, here),
    },
    point: {
      ...space([here.f]),
      hovertemplate: `${goesTo(problem, [here.t], here.f)}<extra></extra>`,
    },
  };
}

function components(problem, here) {
  if (!isGood(here)) return { tangents: NOTHING, labels: { ...NOTHING, text: [] }, point: NOTHING };
  const { t, f, jacobian, span } = here;
  const reach = REACH * span;
  const tangents = f.map((y, i) => [-reach, reach].map((step) => [t + step, y + jacobian[i] * step]));
  return {
    tangents: joined(tangents),
    labels: {
      x: f.map(() => t + reach),
      y: f.map((y, i) => y + jacobian[i] * reach),
      text: problem.components,
    },
    point: { x: f.map(() => t), y: f },
  };
}

function ratios(problem, { t, span }) {
  const sizes = parts(SIZES).map((part) => part * span);
  const found = sizes.map((size) => [size, lengthOfImage(problem, [t], size, ROUGH).value / size]);
  return found.filter(([, ratio]) => Number.isFinite(ratio));
}

function ratioTraces(here, curve) {
  if (!isGood(here)) return { limit: NOTHING, ratio: NOTHING, now: NOTHING };
  return {
    limit: { x: parts(2).map((part) => part * here.span), y: [here.speed, here.speed] },
    ratio: plane(curve),
    now: Number.isFinite(here.ratio) ? { x: [here.length], y: [here.ratio] } : NOTHING,
  };
}

// ── what can be taken hold of, and what is said ─────────────────────────────────────────────────

function handles(problem, state, here, nearest) {
  const point = { id: "at", label: "The point", text: equations(problem, state.at) };
  const along = ([t]) => ({ ...state, at: [t] });
  const found = [{ ...point, figure: "components", at: [here.t, here.f[0]], move: along }];
  if (problem.rows === 2) found.push({ ...point, figure: "curve", at: here.f, move: nearest });
  if (problem.figures.includes("ratio")) {
    found.push(sizeHandle(problem, state, [here.length, here.ratio], here.span));
  }
  return found.filter(({ at }) => areFinite(at));
}

function readings(problem, { t, f, jacobian, length, speed, ratio, doubt }) {
  const digits = digitsOf(ratio, doubt, 4);
  const rows = [
    imageReading(problem, [t], f),
    matrixReading(problem, jacobian),
    reading("speed: the factor of length", m.equation(m.norm(m.id("J")), m.num(speed))),
    reading("length of the piece", m.num(length)),
  ];
  if (!Number.isFinite(ratio)) return rows;
  return [
    ...rows,
    reading("length of its image", m.num(ratio * length, digits)),
    reading("their ratio", m.num(ratio, digits)),
    offReading(ratio, speed, doubt),
  ];
}

function words(problem, { t, f, jacobian, speed }) {
  const stops = "J = 0: the point stands still for a moment, and the curve may have a corner.";
  return {
    curve:
      `${goesTo(problem, [t], f)}. ` +
      (speed === 0 ? stops : `The velocity is ${vector(jacobian)}, and the speed ${numeral(speed)}.`),
    components: `The slopes of the tangents, ${vector(jacobian)}, are the entries of J.`,
    ratio: `As the piece shrinks, the ratio tends to the speed ${numeral(speed)}.`,
  };
}
