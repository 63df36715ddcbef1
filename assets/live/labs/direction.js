/**
 * The directional derivative D_v f = ∇f v: a unit vector v turns about the point.
 *
 * With the angle α between v and ∇f it is |∇f| cos α, so that over the angle of v it is a cosine
 * (Spivak, Calculus on Manifolds, problem 2-29).
 */

import { levelCurve } from "../levels.js";
import { add, dot, norm, scale, subtract } from "../linear.js";
import { numeral, vector } from "../numerals.js";
import { ellipse, joined, linspace, outlines } from "../shapes.js";
import { clean, degrees, turned, unitVector } from "./angles.js";
import {
  areFinite,
  clamp,
  heights,
  inSight,
  isToScale,
  over,
  pointAndValue,
  pointHandle,
  shortest,
  shownPart,
  spans,
  times,
  visualUnit,
  withShown,
} from "./common.js";
import { complaint, readings, words } from "./direction_words.js";
import { slopeToOneSide } from "./onesided.js";
import { NOTHING, NO_WORDS, blank, flatPoints, mark } from "./traces.js";

// Parts of the shorter range: the ring of directions, shafts; the gradient is longer than the ring.
const RING = 0.22;
const THICKNESS = 0.014;
const LONG = 1.45;
const CURVE_POINTS = 161;
// Where a name may stand at the tip of an arrow, in degrees from the way that it points.
const AT_TIP = [0, 60, -60, 90, -90, 120, -120];
// So far from the cosine, as a part of the axis, stand the words for its marks.
const CLEAR = 0.04;
const ANGLES = linspace(0, 360, 121);

export function draw(problem, state) {
  const here = look(problem, state);
  const drawn = {
    traces: {
      field: field(problem, here),
      cosine: cosine(problem, here),
      slice: slice(problem, here),
    },
    layouts: { cosine: { "yaxis.range": room(problem, here) }, ...alongLayout(problem, here) },
    readings: readings(problem, here),
    words: words(problem, here),
    handles: [pointHandle(problem, state, "field"), ...dials(problem, state, here)],
  };
  return inSight(problem, state, { ...drawn, ...complaint(problem, state, here) });
}

/** From the angle at which it stands once round. */
export function play(problem, state, part) {
  return part === 1 ? state : { ...state, turn: Math.round(turned(state.turn + 360 * part) * 10) / 10 };
}

export const actions = {
  /** Let v point where the gradient does, to a hundredth of a degree. */
  steepest: (problem, state) => {
    const { slope, size } = look(problem, state);
    return size > 0 ? { ...state, turn: Math.round(degrees(slope) * 100) / 100 } : state;
  },
};

// ── what there is at the point ──────────────────────────────────────────────────────────────────

/**
 * `slope`, `size`: the gradient along the axes shown, and its length there; `v`: the direction on
 * these axes, `whole` with all coordinates; `rate`: the slope along it.  Where f has a value but no
 * gradient, `isSmooth` is false and `rate` is the slope to that side; `slopes` are those all round.
 */
function look(problem, state) {
  const { f, gradient } = problem.functions(state.at);
  const turn = state.turn === 360 ? 360 : turned(state.turn);
  const v = unitVector(turn);
  const slope = shownPart(problem, gradient);
  const size = norm(slope);
  const isSmooth = areFinite(f, gradient);
  const along = (angle) => oneSided(problem, state.at, unitVector(angle));
  const slopeAt = (angle) => (isSmooth ? clean(dot(slope, unitVector(angle)), size) : along(angle));
  return {
    at: shownPart(problem, state.at),
    point: state.at,
    f,
    gradient,
    slope,
    size,
    turn,
    v,
    whole: withShown(problem, state.at.map(() => 0), v),
    isSmooth,
    along,
    rate: slopeAt(turn),
    slopes: areFinite(f) ? ANGLES.map(slopeAt) : [],
  };
}

function oneSided(problem, at, v) {
  const start = shownPart(problem, at);
  const f = (t) => problem.functions(withShown(problem, at, add(start, scale(v, t)))).f;
  const reach = Math.min(...spans(problem));
  return slopeToOneSide(f, reach, (problem.visible[1] - problem.visible[0]) / reach);
}

/** How long a step in direction v must be to look as long as one of length 1 on equal axes. */
function visualLength(problem, v) {
  const unit = visualUnit(problem);
  return shortest(spans(problem), unit) / norm(over(v, unit));
}

/** The vector made as long to the eye as a part of the shorter range. */
const sized = (problem, vector, part) => scale(vector, part * visualLength(problem, vector));

const isTrue = (problem) => isToScale(visualUnit(problem));

// ── the level curves and the ring ───────────────────────────────────────────────────────────────

function field(problem, here) {
  const { at, f, slope, size, v, turn, rate, isSmooth } = here;
  if (!areFinite(f)) return blank(PARTS);
  const unit = visualUnit(problem);
  const side = shortest(spans(problem), unit);
  const arrow = (direction, length) =>
    joined(outlines([at], [sized(problem, direction, length)], unit, THICKNESS * side));
  const isSloping = isSmooth && size > 0;
  const tip = isSloping ? sized(problem, slope, LONG * RING) : [0, 0];
  const foot = scale(v, dot(tip, v));
  const hasShadow = isSloping && isTrue(problem);
  const { xs, ys, z } = heights(problem, here.point);
  const reach = sized(problem, v, 0.5);
  const across = isSloping ? sized(problem, [-slope[1], slope[0]], RING) : [0, 0];
  return {
    level: levelCurve(xs, ys, z, f),
    line: between(subtract(at, reach), add(at, reach)),
    tangent: isSloping ? between(subtract(at, across), add(at, across)) : NOTHING,
    ring: ellipse(at, [RING * side * unit[0], 0], [0, RING * side * unit[1]], 90),
    shadow: {
      ...(hasShadow ? between(at, add(at, foot)) : NOTHING),
      "line.color": colour(problem, rate),
      hovertemplate: `the part of ∇f along ${problem.direction}: ${numeral(rate)}<extra></extra>`,
    },
    drop: hasShadow ? between(add(at, tip), add(at, foot)) : NOTHING,
    gradient: {
      ...(isSloping ? arrow(slope, LONG * RING) : NOTHING),
      hovertemplate: `∇f = ${vector(slope)}<br>steepest rise: ${numeral(size)} per unit<extra></extra>`,
    },
    direction: {
      ...arrow(v, RING),
      hovertemplate: `${problem.direction} = ${vector(v)}, of length 1<br>at ${numeral(turn)}°<extra></extra>`,
    },
    labels: labels(problem, [
      [beside(problem, add(at, sized(problem, v, RING)), v, 0.36 * RING), problem.direction],
      ...(isSloping ? [[beside(problem, add(at, tip), slope, 0.23 * RING), "∇f"]] : []),
    ]),
    point: mark(at, pointAndValue(problem, here.point, f)),
  };
}

const LINES = ["level", "line", "tangent", "ring", "shadow", "drop"];
const PARTS = [...LINES, "gradient", "direction", "labels", "point"];

const between = (from, to) => flatPoints([from, to]);
const colour = ({ rising, falling }, rate) => (rate < 0 ? falling : rising);

/** A place near the tip of an arrow: ahead of it or, where the figure ends there, aside. */
function beside(problem, tip, way, part) {
  const unit = visualUnit(problem);
  const angle = degrees(over(way, unit));
  const places = AT_TIP.map((turn) =>
    add(tip, sized(problem, times(unitVector(angle + turn), unit), part)),
  );
  const isSeen = (place) => inside(problem, place).every((x, k) => x === place[k]);
  return places.find(isSeen) ?? places[0];
}

/** The place, or the next one to it at which a name is whole. */
function inside({ ranges }, place) {
  return place.map((x, k) => {
    const [low, high] = ranges[k];
    const margin = 0.035 * (high - low);
    return clamp(x, low + margin, high - margin);
  });
}

/** Words at places, or as near to them as the figure goes. */
const labels = (problem, rows) => ({
  ...flatPoints(rows.map(([place]) => inside(problem, place))),
  text: rows.map(([, text]) => text),
});

// ── the cosine ──────────────────────────────────────────────────────────────────────────────────

function cosine(problem, { slope, size, turn, rate, isSmooth, f, slopes }) {
  const hovertemplate = `${problem.direction} at %{x:.0f}°<br>slope %{y:.4~g}<extra></extra>`;
  if (!areFinite(f)) {
    return { ...blank(["measured", "cosine", "stem", "marks", "now"]), names: NO_WORDS };
  }
  const curve = { x: ANGLES, y: slopes.map(orGap), hovertemplate };
  return {
    measured: isSmooth ? NOTHING : curve,
    cosine: isSmooth ? curve : NOTHING,
    stem: {
      x: [turn, turn],
      y: areFinite(rate) ? [0, rate] : [null, null],
      "line.color": colour(problem, rate),
    },
    ...marks(isSmooth && size > 0 ? degrees(slope) : null, size, room(problem, { slopes })[1]),
    now: mark([turn, orGap(rate)], `${problem.direction} at ${numeral(turn)}°<br>slope ${numeral(rate)}`),
  };
}

const orGap = (value) => (Number.isFinite(value) ? value : null);

/** The range of the axis goes by round numbers, and not with every move of the hand. */
function room(problem, { slopes }) {
  const most = roundAbove(1.18 * Math.max(0, ...slopes.filter(Number.isFinite).map(Math.abs)));
  return [-most, most];
}

/** 1, 2 or 5 times a power of ten. */
function roundAbove(value) {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((factor) => factor * power).find((round) => round >= value) ?? 10 * power;
}

/** Where the slope is greatest, least and 0. */
function marks(steepest, size, most) {
  if (steepest === null) return { marks: NOTHING, names: NO_WORDS };
  // Words stand clear of the curve, and within the axis: one in the middle of its end would be cut.
  const side = (angle) => (angle < 60 ? "right" : angle > 300 ? "left" : "center");
  const [falling, climbing] = [turned(steepest + 90), turned(steepest + 270)];
  const rows = [
    [steepest, size, "steepest up", `top ${side(steepest)}`],
    [turned(steepest + 180), -size, "steepest down", `bottom ${side(turned(steepest + 180))}`],
    [falling, 0, "level", falling > 300 ? "bottom left" : "top right"],
    [climbing, 0, "level", climbing < 60 ? "bottom right" : "top left"],
  ];
  const [x, y] = [0, 1].map((k) => rows.map((row) => row[k]));
  const clear = (position) => (position.startsWith("top") ? CLEAR : -CLEAR) * most;
  const hovertemplate = rows.map(
    ([angle, value, name]) => `${name}: ${numeral(angle)}°, ${numeral(value)}<extra></extra>`,
  );
  return {
    marks: { x, y, hovertemplate },
    names: {
      x,
      y: rows.map(([, value, , position]) => value + clear(position)),
      text: rows.map(([, , name]) => name),
      textposition: rows.map(([, , , position]) => position),
    },
  };
}

// ── f along the line ────────────────────────────────────────────────────────────────────────────

function slice(problem, { at, point, f, v, rate, isSmooth, along, turn }) {
  const reach = visualLength(problem, v) / 2;
  const ts = linspace(-reach, reach, CURVE_POINTS);
  if (!areFinite(f)) return { ...blank(["curve", "tangent", "rise", "point"]), names: NO_WORDS };
  const values = ts.map((t) => problem.functions(withShown(problem, point, add(at, scale(v, t)))).f);
  const { direction, parameter, visible: [low, high] } = problem;
  const back = isSmooth ? rate : -along(turn + 180);
  const half = reach / 2;
  // On the other side than the tangent, but not over the axis.
  const isAbove = rate < 0 || f < low + 0.08 * (high - low);
  const run = { x: [0, half, half], y: [f, f, f + half * rate] };
  return {
    curve: {
      x: ts,
      y: torn(values, problem.visible),
      hovertemplate: `${parameter} = %{x:.3~g}<br>f = %{y:.4~g}<extra></extra>`,
    },
    tangent: {
      x: [-reach, 0, reach],
      y: [f - reach * back, f, f + reach * rate].map(orGap),
      hovertemplate: `slope along ${direction}: ${numeral(rate)}<extra></extra>`,
    },
    rise: areFinite(rate) ? { ...run, "line.color": colour(problem, rate) } : NOTHING,
    names: areFinite(rate)
      ? {
          x: [half / 2, half],
          y: [f, f + (half * rate) / 2],
          text: [`run ${numeral(half, 3)}`, ` rise ${numeral(half * rate, 3)}`],
          textposition: [isAbove ? "top center" : "bottom center", "middle right"],
        }
      : NO_WORDS,
    point: mark([0, f], `the point<br>f = ${numeral(f)}`),
  };
}

/** With axes of different scales the line has another length in each direction. */
function alongLayout(problem, { v }) {
  if (isTrue(problem)) return {};
  const reach = visualLength(problem, v) / 2;
  return { slice: { "xaxis.range": [-reach, reach] } };
}

/** Values with gaps where there are none, and where they jump from above what is seen to below. */
function torn(values, [low, high]) {
  const side = (value) => (value > high ? 1 : value < low ? -1 : 0);
  return values.map((value, k) => {
    const isJump = k > 0 && side(value) * side(values[k - 1]) < 0;
    return isJump || !Number.isFinite(value) ? null : value;
  });
}

// ── what can be taken hold of ───────────────────────────────────────────────────────────────────

function dials(problem, state, { at, v, f, turn, rate }) {
  const text = `${problem.direction} at ${numeral(turn)} degrees`;
  const turnTo = (angle) => ({ ...state, turn: Math.round(turned(angle) * 10) / 10 });
  const tip = {
    id: "tip",
    figure: "field",
    at: add(at, sized(problem, v, RING)),
    label: `The tip of ${problem.direction}`,
    text,
    shape: "corner",
    move: (to) => {
      const way = subtract(to, at);
      return norm(way) > 0 ? turnTo(degrees(way)) : state;
    },
  };
  const onCosine = {
    id: "angle",
    figure: "cosine",
    at: [turn, areFinite(rate) ? rate : 0],
    label: `The angle of ${problem.direction}`,
    text: areFinite(rate) ? `${text}, slope ${numeral(rate)}` : text,
    // The right end of the axis is the left one, too.
    move: ([angle]) => (angle >= 360 ? { ...state, turn: 360 } : turnTo(Math.max(angle, 0))),
  };
  return areFinite(f) ? [tip, onCosine] : [];
}
