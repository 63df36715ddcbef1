/** Functions of three variables: level surfaces, and the gradient at right angles to them. */

import { isosurface, valuesOn } from "../isosurface.js";
import { levelCurve } from "../levels.js";
import { add, dot, norm, scale } from "../linear.js";
import * as m from "../mathml.js";
import { merged, meshOf, NO_MESH, polylines } from "../meshes.js";
import { numeral, vector } from "../numerals.js";
import { arrow3d, cone, joined, linspace, outlines, planeAcross, stretched } from "../shapes.js";
import {
  areFinite,
  clamp,
  equations,
  hasGradient,
  heights,
  isToScale,
  lengthsOf,
  over,
  pointAndValue,
  pointHandle,
  reading,
  shortest,
  shownPart,
  spans,
  times,
  undefinedHere,
  unitOf,
  valueAt,
  visualUnit,
} from "./common.js";
import { isTorn } from "./tears.js";
import { NOTHING, NOTHING_IN_SPACE, mark } from "./traces.js";

// As in calc_core/figures/plane.py.
const GRADIENT = 0.2;
const THICKNESS = 0.014;
// Points along each side of the box in which a level surface is looked for.
const POINTS = 28;
// One cone for each cell of such a division of the box: on the surface, or in space.
const BINS = { surface: 5, space: 5 };
const CONE_SIDES = 10;
// Parts of the shortest side of the box.
const PATCH = 0.17;
const ARROW = 0.24;
const CORNER = 0.035;

export function draw(problem, state) {
  const { f, gradient } = problem.functions(state.at);
  const here = { f, gradient, at: state.at, level: state.loose ? state.iso : f };
  const isThere = hasGradient(here);
  return {
    traces: {
      space: space(problem, state, here, isThere),
      ...(problem.sectioned ? { section: section(problem, here) } : {}),
    },
    readings: readings(problem, here),
    words: words(problem, state, here),
    shows: { iso: here.level },
    handles: problem.sectioned ? [pointHandle(problem, state, "section")] : [],
    picks: { space: (point) => picked(problem, state, here, point) },
    ...(isThere ? {} : undefinedHere(problem, state, hasGradient)),
  };
}

export const actions = {
  through: (problem, state) => ({ ...state, loose: false }),
};

/** The point that was clicked on, brought onto the surface, which stays where it is. */
function picked(problem, state, { level }, point) {
  const { f, gradient } = problem.functions(point);
  const step = scale(gradient, (level - f) / dot(gradient, gradient));
  const isNear = norm(step) < CORNER * shortestSide(problem);
  return { ...state, at: isNear ? add(point, step) : point, loose: false };
}

// ── in space ────────────────────────────────────────────────────────────────────────────────────

/** Lengths along the three axes that look the same, and how long the box is on their scale. */
const unitOfBox = ({ box }) => unitOf(lengthsOf(box));
const shortestSide = (problem) => shortest(lengthsOf(problem.box), unitOfBox(problem));

function space(problem, state, here, isThere) {
  const mesh = surfaceAt(problem, here.level);
  return {
    surface: {
      ...mesh,
      hovertemplate: `${problem.letter} = ${numeral(here.level)}<br>${problem.pretty
        .map((name, k) => `${name} = %{${"xyz"[k]}:.3~g}`)
        .join("<br>")}<extra></extra>`,
    },
    cones: cones(problem, state.cones, mesh),
    ...sheet(problem, here),
    ...tangent(problem, state, here, isThere),
    point: isThere ? mark(here.at, pointAndValue(problem, here.at, here.f)) : NOTHING_IN_SPACE,
  };
}

const grids = new WeakMap();

/** The level surface in the box; the values of f are computed once, and the last surface is kept. */
function surfaceAt(problem, level) {
  if (!grids.has(problem)) {
    const axes = problem.box.map(([low, high]) => linspace(low, high, POINTS));
    grids.set(problem, { axes, values: valuesOn(axes, (at) => problem.functions(at).f) });
  }
  const grid = grids.get(problem);
  if (grid.level !== level) {
    grid.level = level;
    const isLevel = Number.isFinite(level);
    grid.mesh = isLevel ? isosurface(grid.axes, grid.values, level, problem.functions) : NO_MESH;
  }
  return grid.mesh;
}

/** Cones of one length that show where the gradient points. */
function cones(problem, where, mesh) {
  if (!(where in BINS)) return { ...NO_MESH, text: [] };
  const unit = unitOfBox(problem);
  const places = where === "space" ? middles(problem) : spread(problem, mesh);
  const length = (0.4 * shortestSide(problem)) / BINS[where];
  const made = [];
  const text = [];
  for (const at of places) {
    const { gradient } = problem.functions(at);
    const size = norm(gradient);
    if (!(size > 0) || !areFinite(size)) continue;
    // What looks to be across a surface is so on the scale of the eye, for equal axes the only one.
    const along = over(gradient, unit);
    const forward = scale(along, (where === "space" ? 0.5 : 1) * (length / norm(along)));
    const shape = cone(add(over(at, unit), forward), along, length, 0.3 * length, CONE_SIDES);
    made.push(stretched(shape, unit));
    const says = `∇${problem.letter} = ${vector(gradient, 3)}<br>length ${numeral(size, 3)}`;
    text.push(...shape.x.map(() => says));
  }
  return { ...merged(made), text };
}

function middles({ box }) {
  const count = BINS.space;
  const [xs, ys, zs] = box.map(([low, high]) => {
    const half = (high - low) / count / 2;
    return linspace(low + half, high - half, count);
  });
  return xs.flatMap((x) => ys.flatMap((y) => zs.map((z) => [x, y, z])));
}

/** Corners of the mesh that are spread over it: in each bin of the box the one next its middle. */
function spread({ box }, { x, y, z }) {
  const count = BINS.surface;
  const best = new Map();
  for (let n = 0; n < x.length; n++) {
    const parts = [x[n], y[n], z[n]].map((value, k) => ((value - box[k][0]) / (box[k][1] - box[k][0])) * count);
    const bins = parts.map((part) => Math.min(Math.floor(part), count - 1));
    const away = parts.reduce((sum, part, k) => sum + (part - bins[k] - 0.5) ** 2, 0);
    const bin = bins[0] + count * (bins[1] + count * bins[2]);
    if (!(away >= best.get(bin)?.away)) best.set(bin, { away, n });
  }
  return [...best.values()].map(({ n }) => [x[n], y[n], z[n]]);
}

/** The plane of the flat section, and the level curve in it. */
function sheet(problem, { at, level }) {
  if (!problem.sectioned) return {};
  const lifted = ({ x, y }) => {
    const lines = at.map((value, k) => {
      const place = problem.shown.indexOf(k);
      if (place >= 0) return place === 0 ? x : y;
      return x.map((part) => (part === null ? null : value));
    });
    return { x: lines[0], y: lines[1], z: lines[2] };
  };
  const [[a, b], [c, d]] = problem.ranges;
  return {
    sheet: lifted({ x: [a, b, b, a, a], y: [c, c, d, d, c] }),
    section: lifted(curveAt(problem, at, level)),
  };
}

/** The arrow of the gradient, the tangent plane, and the right angle between them. */
function tangent(problem, state, { gradient, at }, isThere) {
  const isSloping = isThere && norm(gradient) > 0;
  if (!isSloping) {
    const none = NOTHING_IN_SPACE;
    return { plane: NO_MESH, rim: none, corner: none, shaft: none, head: NO_MESH };
  }
  const unit = unitOfBox(problem);
  const side = shortestSide(problem);
  const along = over(gradient, unit);
  const arrow = scale(along, (ARROW * side) / norm(along));
  const { shaft, head } = arrow3d(at, times(arrow, unit), unit, THICKNESS * side);
  const shown = { shaft, head };
  if (state.loose) return { ...shown, plane: NO_MESH, rim: NOTHING_IN_SPACE, corner: NOTHING_IN_SPACE };
  // Vectors v with ∇f v = 0 that look like a square: on the scale of the eye ∇f is times(∇f, unit).
  const normal = times(gradient, unit);
  const axes = planeAcross(scale(normal, 1 / norm(normal)));
  const from = over(at, unit);
  const place = (...parts) => times(parts.reduce((sum, [length, axis]) => add(sum, scale(axis, length)), from), unit);
  const half = PATCH * side;
  const rim = [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([a, b]) => place([a * half, axes[0]], [b * half, axes[1]]));
  const small = CORNER * side;
  const up = scale(along, 1 / norm(along));
  const corner = [place([small, axes[0]]), place([small, axes[0]], [small, up]), place([small, up])];
  return {
    ...shown,
    plane: meshOf(rim, [[0, 1, 2], [0, 2, 3]]),
    rim: polylines([[...rim, rim[0]]]),
    corner: isToScale(unit) ? polylines([corner]) : NOTHING_IN_SPACE,
  };
}

// ── in the plane ────────────────────────────────────────────────────────────────────────────────

const sections = new WeakMap();

/** f on the section; it stays the same while the point moves in its plane. */
function valuesAt(problem, at) {
  const grid = heights(problem, at);
  if (!sections.has(grid)) sections.set(grid, torn(grid, problem.visible));
  return sections.get(grid);
}

/** With gaps where f jumps from one side of the values shown to the other. */
function torn({ xs, ys, z }, visible) {
  const isGap = isTorn(z, visible);
  return { xs, ys, z: z.map((row, j) => row.map((value, i) => (isGap(j, i) ? NaN : value))) };
}

function curveAt(problem, at, level) {
  if (!Number.isFinite(level)) return NOTHING;
  const { xs, ys, z } = valuesAt(problem, at);
  return levelCurve(xs, ys, z, level);
}

function section(problem, { f, gradient, at, level }) {
  const { z } = valuesAt(problem, at);
  const [low, high] = problem.visible;
  const slope = shownPart(problem, gradient);
  const unit = visualUnit(problem);
  const span = shortest(spans(problem), unit);
  const size = norm(over(slope, unit));
  const arrow = scale(slope, (GRADIENT * span) / size);
  const place = shownPart(problem, at);
  const isSloping = size > 0 && areFinite(size);
  const held = at.map((value, k) => (problem.shown.includes(k) ? null : equation(problem, k, value))).find(Boolean);
  const line = isSloping ? joined(outlines([place], [arrow], unit, THICKNESS * span)) : NOTHING;
  return {
    levels: { z: z.map((row) => row.map((value) => clamp(value, low, high))) },
    level: curveAt(problem, at, level),
    gradient: { ...line, hovertemplate: `the part of ∇${problem.letter} in the plane ${held}: ${vector(slope)}<extra></extra>` },
    point: mark(place, pointAndValue(problem, at, f)),
  };
}

const equation = ({ pretty }, k, value) => `${pretty[k]} = ${numeral(value)}`;

// ── in numbers and words ────────────────────────────────────────────────────────────────────────

function readings(problem, { f, gradient, at }) {
  if (!areFinite(f, gradient)) return [];
  const name = m.row(m.op("∇"), m.id(problem.letter));
  const rows = [
    reading("value", m.equation(valueAt(problem, at), m.num(f))),
    reading("gradient", m.equation(name, m.rowVector(gradient))),
    reading("its length", m.equation(m.bars(name), m.num(norm(gradient)))),
  ];
  if (areFinite(f, gradient) && norm(gradient) > 0) {
    rows.push(reading("tangent plane of the level surface", plane(problem, gradient, at)));
  }
  return rows;
}

/** The equation ∇f(p) x = ∇f(p) p of the plane, without terms that are 0. */
function plane({ names }, gradient, at) {
  const terms = [];
  gradient.forEach((value, k) => {
    const size = Math.abs(value);
    if (size === 0) return;
    if (terms.length) terms.push(m.op(value < 0 ? "−" : "+"));
    else if (value < 0) terms.push(m.op("−"));
    terms.push(...(size === 1 ? [] : [m.num(size)]), m.id(names[k]));
  });
  return m.equation(m.row(...terms), m.num(dot(gradient, at) + 0));
}

function words(problem, state, here) {
  const { f, gradient, at, level } = here;
  if (!hasGradient(here)) return {};
  const { letter } = problem;
  const set = `the level surface ${letter} = ${numeral(level)}`;
  const isEmpty = surfaceAt(problem, level).i.length === 0;
  const where = `At ${equations(problem, at)} the value is ${numeral(f)}`;
  return { space: isEmpty ? `${where}. ${emptiness(gradient, set)}` : `${where}. ${standing(problem, state, here, set)}`, ...inSection(problem, here) };
}

function emptiness(gradient, set) {
  return norm(gradient) === 0
    ? `The gradient is 0, and nothing of ${set} is a surface in this box: it may be a single point, or all of the box.`
    : `Nothing of ${set} is seen in this box.`;
}

function standing(problem, { loose }, { gradient, f }, set) {
  const { letter } = problem;
  if (norm(gradient) === 0) {
    return `The gradient is 0: ${set} need not have a tangent plane here, it can end in a tip or cross itself.`;
  }
  if (loose) {
    return `Drawn is ${set}; the gradient at the point stands across another one, ${letter} = ${numeral(f)}.`;
  }
  const seen = isToScale(unitOfBox(problem)) ? "" : " The axes have different scales, so that right angles do not look like it.";
  return `The gradient ${vector(gradient)} stands at a right angle to ${set} and to its tangent plane.${seen}`;
}

function inSection(problem, { at, gradient }) {
  if (!problem.sectioned) return {};
  const k = at.findIndex((_, place) => !problem.shown.includes(place));
  const part = shownPart(problem, gradient);
  const across = norm(part) > 0 ? `at a right angle to the level curve in this plane` : "which is 0 here";
  return { section: `In the plane ${equation(problem, k, at[k])} lies the part ${vector(part)} of the gradient, ${across}.` };
}
