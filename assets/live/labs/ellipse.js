/**
 * The singular value decomposition J = σ₁ u₁ v₁ᵀ + σ₂ u₂ v₂ᵀ of a map of the plane: J makes of the
 * unit circle the ellipse with the half axes σ₁ u₁ and σ₂ u₂ (GVL §2.4).
 */

import { add, apply, norm, scale, subtract, svd } from "../linear.js";
import * as m from "../mathml.js";
import { numeral, vector } from "../numerals.js";
import { ellipse, joined, linspace, outlines } from "../shapes.js";
import { degrees as angleOf, turned, unitVector } from "./angles.js";
import { roundUp } from "./axes.js";
import {
  clamp,
  equations,
  hasJacobian,
  pointHandle,
  reading,
  times,
  undefinedHere,
  visualUnit,
} from "./common.js";
import { NOTHING, NO_WORDS, blank, flatPoints, mark } from "./traces.js";

const POINTS = 120;
const DEGREES = 181;
const ARROW = 0.035;
// Half axes that differ by less look like those of a circle, and their directions are by chance.
const ROUND = 1e-9;
// Where the name of an arrow may stand, from its tip: so far on, and to the left of it; as parts of
// the figure, as is the room that a name takes.
const ASIDE = [[0.13, 0.13], [0.13, -0.13], [0.18, 0], [0, 0.3], [0, -0.3], [-0.2, 0.3], [-0.2, -0.3]];
const NAME = [0.28, 0.17];
const CLEAR = 0.2;
const ORIGIN = [0, 0];
const CIRCLES = { ...blank(["circle", "ellipse", "first", "second", "direction"]), labels: NO_WORDS };
const STRETCHES = { ...blank(["most", "least", "stretch", "now"]), labels: NO_WORDS };

export function draw(problem, state) {
  const here = look(problem, state);
  const good = hasJacobian(here);
  return {
    traces: {
      field: field(problem, here),
      circle: circle(here, good),
      ellipse: good ? imageOfCircle(here) : CIRCLES,
      stretch: good ? stretch(here) : STRETCHES,
    },
    readings: good ? readings(problem, here) : [],
    words: good ? words(problem, here) : {},
    layouts: good ? layouts(here) : {},
    handles: handles(problem, state, here, good),
    ...(good ? {} : undefinedHere(problem, state, hasJacobian)),
  };
}

/** v goes once round. */
export function play(_, state, part) {
  return withTurn(state, state.turn + 360 * part);
}

const withTurn = (state, angle) => ({ ...state, turn: Number(turned(angle).toFixed(1)) });

function look(problem, state) {
  const { at } = state;
  const { turn } = withTurn(state, state.turn);
  const { f, jacobian } = problem.functions(at);
  const { u, s, v } = svd(jacobian, 2, 2);
  const direction = unitVector(turn);
  const [a, b, c, d] = jacobian;
  return {
    at,
    f,
    jacobian,
    u,
    s,
    v,
    // So its size is σ₁σ₂ to the last digit, and 0 where σ₂ is.
    det: Math.sign(a * d - b * c) * s[0] * s[1],
    turn,
    direction,
    image: apply(jacobian, 2, 2, direction),
    isRound: s[0] - s[1] <= ROUND * s[0],
  };
}

// ── what is drawn ───────────────────────────────────────────────────────────────────────────────

function field(problem, { at, f, jacobian, s }) {
  const unit = visualUnit(problem);
  const [a, b, c, d] = jacobian;
  const size = Math.min(problem.scale, problem.largest / s[0]);
  const isDrawn = hasJacobian({ f, jacobian }) && s[0] > 0;
  const axis = (column) => times(scale(column, size), unit);
  return {
    ellipse: isDrawn ? ellipse(at, axis([a, c]), axis([b, d]), POINTS) : NOTHING,
    point: mark(at, `the point ${equations(problem, at)}`),
  };
}

function circle({ v, direction, isRound }, good) {
  const drawn = good && !isRound;
  return {
    circle: ellipse(ORIGIN, [1, 0], [0, 1], POINTS),
    first: drawn ? arrow(v[0], 1.4) : NOTHING,
    second: drawn ? arrow(v[1], 1.4) : NOTHING,
    direction: arrow(direction, 1.4),
    labels: labels(drawn ? [[v[0], "v₁"], [v[1], "v₂"]] : [], [[direction, "v"]], 1.4),
  };
}

function imageOfCircle({ jacobian, u, s, image, isRound }) {
  const [a, b, c, d] = jacobian;
  const half = Math.max(1, s[0]);
  const axes = [0, 1].map((k) => scale(u[k], s[k]));
  const drawn = axes.filter((axis) => !isRound && norm(axis) > 0);
  return {
    circle: ellipse(ORIGIN, [1, 0], [0, 1], POINTS),
    ellipse: ellipse(ORIGIN, [a, c], [b, d], POINTS),
    first: drawn[0] ? arrow(axes[0], half) : NOTHING,
    second: drawn[1] ? arrow(axes[1], half) : NOTHING,
    direction: arrow(image, half),
    labels: labels(
      drawn.map((axis, k) => [axis, ["σ₁u₁", "σ₂u₂"][k]]),
      norm(image) > 0 ? [[image, "Jv"]] : [],
      half,
    ),
  };
}

/** An arrow from the middle of a figure that reaches so far. */
function arrow(vector, half) {
  return norm(vector) > 0 ? joined(outlines([ORIGIN], [vector], [1, 1], ARROW * half)) : NOTHING;
}

/**
 * Names a little beyond the tips, and not at the tip of another arrow if that can be helped; those of
 * the others make room for those of the axes.
 */
function labels(axes, others, half) {
  const all = [...axes, ...others];
  const spots = [];
  for (const [tip] of all) {
    const beside = ASIDE.map(([away, along]) => {
      const [x, y] = scale(tip, half / norm(tip));
      return add(tip, [away * x - along * y, away * y + along * x]);
    });
    const free = beside.filter((spot) => spots.every((other) => isApart(subtract(spot, other), half)));
    const isClear = (spot) =>
      all.every(([other]) => other === tip || norm(subtract(spot, other)) > CLEAR * half);
    spots.push(free.find(isClear) ?? free[0] ?? beside[0]);
  }
  return { ...flatPoints(spots), text: all.map(([, name]) => name), textposition: "middle center" };
}

/** Whether two names so far from each other do not overlap. */
const isApart = ([x, y], half) => Math.abs(x) > NAME[0] * half || Math.abs(y) > NAME[1] * half;

function stretch({ jacobian, s, v, turn, image, isRound }) {
  const angles = linspace(0, 360, DEGREES);
  const tops = isRound ? [] : [0, 1].flatMap((k) => [0, 180].map((half) => [(angleOf(v[k]) + half) % 360, k]));
  return {
    most: { x: [0, 360], y: [s[0], s[0]] },
    least: { x: [0, 360], y: [s[1], s[1]] },
    stretch: { x: angles, y: angles.map((angle) => norm(apply(jacobian, 2, 2, unitVector(angle)))) },
    labels: {
      x: tops.map(([angle]) => angle),
      // Clear of the broken lines on which the tops of the curve are.
      y: tops.map(([, k]) => s[k] + (k === 0 ? 0.02 : -0.02) * topOf(s)),
      text: tops.map(([angle, k]) => (angle < 180 ? ["v₁", "v₂"][k] : ["−v₁", "−v₂"][k])),
      textposition: tops.map(([angle, k]) => `${["top", "bottom"][k]} ${sideOf(angle)}`),
    },
    now: { x: [turn], y: [norm(image)] },
  };
}

/** Names at the ends of the axis stand on its inner side. */
const sideOf = (angle) => (angle < 20 ? "right" : angle > 340 ? "left" : "center");

const topOf = ([most]) => roundUp(1.18 * most);

/** The unit circle and the ellipse, and room for the names above and below the curve. */
function layouts({ s }) {
  const half = roundUp(1.2 * Math.max(1, s[0]));
  const top = topOf(s);
  return {
    ellipse: { "xaxis.range": [-half, half], "yaxis.range": [-half, half] },
    stretch: { "yaxis.range": [s[1] < 0.16 * top ? -0.16 * top : 0, top] },
  };
}

// ── what can be taken hold of ───────────────────────────────────────────────────────────────────

function handles(problem, state, { turn, direction, image }, good) {
  const v = { id: "turn", label: "The direction v", text: `${numeral(turn)}°` };
  const found = [
    pointHandle(problem, state, "field"),
    { ...v, figure: "circle", at: direction, move: (place) => withTurn(state, angleAt(place, turn)) },
  ];
  if (good) {
    const move = ([angle]) => withTurn(state, clamp(angle, 0, 359.9));
    found.push({ ...v, figure: "stretch", at: [turn, norm(image)], move });
  }
  return found;
}

/** The direction of a place; the middle of the circle has none. */
const angleAt = (place, turn) => (norm(place) > 0 ? Math.round(angleOf(place) * 10) / 10 : turn);

// ── what is said ────────────────────────────────────────────────────────────────────────────────

function readings(problem, { jacobian, s, det, direction, image }) {
  const J = m.id("J");
  const v = m.id("v");
  const sigma = (k) => m.sub(m.id("σ"), m.num(k));
  const product = m.row(sigma(1), sigma(2));
  const condition = m.row(sigma(1), m.op("/"), sigma(2));
  return [
    reading("Jacobian", m.equation(J, m.matrix(jacobian, 2, 2))),
    reading("largest singular value", m.equation(m.equation(sigma(1), m.sub(m.norm(J), m.num(2))), m.num(s[0]))),
    reading("smallest singular value", m.equation(sigma(2), m.num(s[1]))),
    reading(
      "determinant",
      m.equation(m.equation(m.row(m.op("det"), J), det < 0 ? m.row(m.op("−"), product) : product), m.num(det)),
    ),
    reading("condition number", m.equation(condition, s[1] > 0 ? m.num(s[0] / s[1]) : conditionOf(s))),
    reading("direction", m.equation(v, m.tuple(direction, 3))),
    reading("where J sends it", m.equation(m.row(J, v), m.tuple(image, 3))),
    reading("by how much longer", m.equation(m.bars(m.row(J, v)), m.num(norm(image)))),
  ];
}

const conditionOf = ([most]) => (most > 0 ? m.num(Infinity) : m.text("undefined: J = 0"));

function words(problem, here) {
  const { at, s, v, u, turn, image, det } = here;
  const name = numeral(turn);
  const [first, second] = s.map((value) => numeral(value));
  return {
    field: `At ${equations(problem, at)} the ellipse has the half axes ${first} and ${second}.`,
    circle: here.isRound
      ? `v points to ${name}°. No direction is singled out.`
      : `v points to ${name}°; v₁ = ${vector(v[0], 3)} is stretched most, and v₂ = ${vector(v[1], 3)}, at a right angle to it, least.`,
    ellipse: shape(here, u, first, second),
    stretch:
      `|J v| = ${numeral(norm(image))}, between σ₂ = ${second} and σ₁ = ${first}.` +
      (det < 0 ? " det J is negative: as v turns to the left, J v turns to the right." : ""),
  };
}

/** What the ellipse is like. */
function shape({ s, isRound, det }, u, first, second) {
  if (s[0] === 0) return "J = 0: all of the circle goes to one point.";
  if (isRound) {
    const way = det > 0 ? "a rotation" : "a reflection";
    return `A circle: J is ${first} times ${way}, and keeps all angles${det > 0 ? "" : " but for their sense"}.`;
  }
  if (s[1] === 0) {
    return `σ₂ = 0: the ellipse is a line from −σ₁u₁ to σ₁u₁, and J sends v₂ to 0.`;
  }
  return `Its half axes are ${first} along u₁ = ${vector(u[0], 3)} and ${second} along u₂ = ${vector(u[1], 3)}, again at a right angle.`;
}
