/** A piece of an axis, its image on a curve, and the velocity. */

import { add, norm, scale, subtract } from "../../linear.js";
import * as m from "../../mathml.js";
import { ROUGH, lengthOfImage } from "../../measures.js";
import { columns } from "../../meshes.js";
import { numeral, vector } from "../../numerals.js";
import { joined, linspace, outlines } from "../../shapes.js";
import {
  areFinite,
  equations,
  hasJacobian,
  lengthsOf,
  over,
  reading,
  spans,
  undefinedHere,
  unitOf,
} from "../common.js";
import { NOTHING, NOTHING_IN_SPACE, NO_WORDS, blank, flatPoints } from "../traces.js";
import {
  NO_RATIOS,
  arrowInSpace,
  goesTo,
  imageMark,
  imageReading,
  matrixReading,
  measuredReadings,
  partOf,
  parts,
  ratioAxes,
  ratioTraces,
  shrunk,
  sizeHandle,
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
  const isThere = hasJacobian(here);
  const curve = isWhole && isThere ? ratios(problem, here) : [];
  const nearest = (place) => ({ ...state, at: [nearestTo(problem, here.t, place)] });
  return {
    traces: {
      curve: isThere ? pieces(problem, here) : NO_PIECES[problem.rows],
      components: isThere ? components(problem, here) : NO_COMPONENTS,
      ...(isWhole ? { ratio: isThere ? ratioTracesOf(here, curve) : NO_RATIOS } : {}),
    },
    ...(curve.length ? { layouts: { ratio: ratioAxes(curve, here.speed, here.span) } } : {}),
    readings: isThere ? readings(problem, here) : [],
    words: isThere ? words(problem, here) : {},
    handles: handles(problem, state, here, nearest),
    ...(problem.rows === 3 ? { picks: { curve: nearest } } : {}),
    ...(isThere ? {} : undefinedHere(problem, state, hasJacobian)),
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
    at: [t],
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
  const extents = lengthsOf(problem.window);
  const away = ({ t, f }) =>
    norm(over(subtract(f, place), extents)) ** 2 + (LOYALTY * (t - now) / span) ** 2 * 0.01;
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

const PIECES = ["image", "linear", "velocity", "point"];
const NO_PIECES = { 2: blank(PIECES), 3: blank(PIECES, NOTHING_IN_SPACE) };

/** The piece of the curve, the one that J makes, the velocity, and the point; in plane or space. */
function pieces(problem, here) {
  const isFlat = problem.rows === 2;
  const trace = isFlat ? flatPoints : columns;
  const arrow = scale(here.jacobian, problem.arrow);
  return {
    image: trace(here.image),
    linear: trace(ends(here)),
    velocity: {
      ...(isFlat ? flatArrow(problem, here.f, arrow) : arrowInSpace(here.f, arrow, problem.unit)),
      hovertemplate: velocityHover(problem, here),
    },
    point: imageMark(problem, here),
  };
}

function flatArrow({ window }, at, arrow) {
  const unit = unitOf(lengthsOf(window));
  const thickness = WIDTH * Math.max(...over(lengthsOf(window), unit));
  return norm(arrow) > 0 ? joined(outlines([at], [arrow], unit, thickness)) : NOTHING;
}

const NO_COMPONENTS = { ...blank(["tangents", "point"]), labels: NO_WORDS };

function components(problem, here) {
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

const ratioTracesOf = ({ speed, length, ratio, span }, curve) =>
  ratioTraces(curve, speed, [length, ratio], span);

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

const MEASURED = { of: "length of the piece", ofImage: "length of its image" };

function readings(problem, { at, f, jacobian, length, speed, ratio, doubt }) {
  return [
    imageReading(problem, at, f),
    matrixReading(problem, jacobian),
    reading("speed: the factor of length", m.equation(m.norm(m.id("J")), m.num(speed))),
    ...measuredReadings(MEASURED, { size: length, ratio, limit: speed, doubt }),
  ];
}

function words(problem, { at, f, jacobian, speed }) {
  const stops = "J = 0: the point stands still for a moment, and the curve may have a corner.";
  return {
    curve:
      `${goesTo(problem, at, f)}. ` +
      (speed === 0 ? stops : `The velocity is ${vector(jacobian)}, and the speed ${numeral(speed)}.`),
    components: `The slopes of the tangents, ${vector(jacobian)}, are the entries of J.`,
    ratio: `As the piece shrinks, the ratio tends to the speed ${numeral(speed)}.`,
  };
}
