/**
 * Points, outlines and meshes for the traces of a figure.
 */

import { add, cross, norm, scale, subtract } from "./linear.js";

// ── numbers in a row ────────────────────────────────────────────────────────────────────────────

/** So many numbers from a to b, both among them, equally far apart. */
export function linspace(a, b, count) {
  const step = (b - a) / Math.max(count - 1, 1);
  const number = (i) => (i > 0 && i === count - 1 ? b : a + i * step);
  return Array.from({ length: count }, (_, i) => number(i));
}

/** The values f(x, y) on a grid: one row for each y. */
export function surface(f, xs, ys) {
  return Array.from(ys, (y) => Array.from(xs, (x) => f(x, y)));
}

// ── outlines in the plane ───────────────────────────────────────────────────────────────────────

/** Points as the columns of a trace. */
const columns = (points) => ({ x: points.map(([x]) => x), y: points.map(([, y]) => y) });

/** The closed polygon with these corners. */
export const polygon = (corners) => columns([...corners, ...corners.slice(0, 1)]);

/** Some outlines in one trace, with a gap after each but the last. */
export function joined(shapes) {
  return columns(shapes.flatMap((shape, i) => (i ? [[NaN, NaN], ...shape] : shape)));
}

/** centre + cos t · axisA + sin t · axisB all the way round, for any two vectors. */
export function ellipse(centre, axisA, axisB, count) {
  const point = (t) => add(centre, add(scale(axisA, Math.cos(t)), scale(axisB, Math.sin(t))));
  return polygon(angles(count).map(point));
}

/** The points of a circle from one angle to another. */
export function arc([x, y], radius, from, to, count) {
  const around = linspace(from, to, count);
  return {
    x: around.map((t) => x + radius * Math.cos(t)),
    y: around.map((t) => y + radius * Math.sin(t)),
  };
}

const angles = (count) => Array.from({ length: count }, (_, i) => (2 * Math.PI * i) / count);

// ── arrows in the plane ─────────────────────────────────────────────────────────────────────────

// The width of a head in widths of the shaft.
const HEAD_RATIO = 2.6;

const times = (a, b) => a.map((entry, i) => entry * b[i]);
const over = (a, b) => a.map((entry, i) => entry / b[i]);
const listed = (vectors) => (typeof vectors[0] === "number" ? [vectors] : vectors);

/**
 * Closed outlines of eight points each, of one arrow or several, as in
 * calc_core/figures/arrows.py.
 *
 * `unit`: lengths on the two axes that look equally long, angles are taken on that scale;
 * `thickness`: of the shaft, on the same scale; `head`: the largest part of an arrow that is its
 * head.
 */
export function outlines(tails, arrows, unit, thickness, head = 0.38) {
  const starts = listed(tails);
  return listed(arrows).map((arrow, i) =>
    outline(over(starts[i], unit), over(arrow, unit), thickness, head).map((p) => times(p, unit)),
  );
}

function outline(tail, arrow, thickness, head) {
  const length = norm(arrow);
  const along = scale(arrow, 1 / length);
  const aside = [-along[1], along[0]];
  const { tipLength, wide } = headSize(length, thickness, head);
  const neck = add(tail, scale(along, length - tipLength));
  const beside = (point, width) => add(point, scale(aside, width));
  const half = thickness / 2;
  const left = [beside(tail, half), beside(neck, half), beside(neck, wide)];
  const right = [beside(neck, -wide), beside(neck, -half), beside(tail, -half)];
  return [...left, add(tail, arrow), ...right, left[0]];
}

/** How long the head is, and how far it reaches aside. */
function headSize(length, thickness, head) {
  const tipLength = Math.min(head * length, 2.2 * HEAD_RATIO * thickness);
  return { tipLength, wide: Math.min(HEAD_RATIO * thickness, 0.6 * tipLength) };
}

// ── arrows in space ─────────────────────────────────────────────────────────────────────────────

/**
 * An arrow in space: its `shaft` as a line up to the head, and the head as a mesh.  With the
 * proportions of an arrow in the plane, and the same `unit`, here of three axes.
 */
export function arrow3d(tail, vector, unit, thickness, head = 0.38) {
  const [start, arrow] = [over(tail, unit), over(vector, unit)];
  const length = norm(arrow);
  const { tipLength, wide } = headSize(length, thickness, head);
  const neck = add(start, scale(arrow, 1 - tipLength / length));
  const shaft = pointsInSpace([start, neck].map((point) => times(point, unit)));
  return { shaft, head: stretched(cone(add(start, arrow), arrow, tipLength, wide), unit) };
}

/**
 * A cone with its tip at a point, which it shows in a direction: a closed mesh, each triangle
 * counter-clockwise as seen from outside.
 */
export function cone(tip, direction, length, radius, sides = 16) {
  const along = scale(direction, 1 / norm(direction));
  const foot = subtract(tip, scale(along, length));
  const [across, aside] = planeAcross(along);
  const rim = angles(sides).map((t) =>
    add(foot, scale(add(scale(across, Math.cos(t)), scale(aside, Math.sin(t))), radius)),
  );
  return { ...pointsInSpace([tip, foot, ...rim]), ...coneTriangles(sides) };
}

/** The tip is corner 0, the middle of the foot 1, and the rim begins at 2. */
function coneTriangles(sides) {
  const here = Array.from({ length: sides }, (_, side) => 2 + side);
  const next = here.map((_, side) => 2 + ((side + 1) % sides));
  const mantle = { i: here.map(() => 0), j: here, k: next };
  const base = { i: here.map(() => 1), j: next, k: here };
  return {
    i: [...mantle.i, ...base.i],
    j: [...mantle.j, ...base.j],
    k: [...mantle.k, ...base.k],
  };
}

/** Two unit vectors with `along` as their cross product, which is a unit vector too. */
export function planeAcross(along) {
  const sizes = along.map(Math.abs);
  const farthest = sizes.indexOf(Math.min(...sizes));
  const axis = along.map((_, i) => (i === farthest ? 1 : 0));
  const across = cross(axis, along);
  const unit = scale(across, 1 / norm(across));
  return [unit, cross(along, unit)];
}

function pointsInSpace(points) {
  const [x, y, z] = [0, 1, 2].map((axis) => points.map((point) => point[axis]));
  return { x, y, z };
}

export function stretched(mesh, [x, y, z]) {
  return { ...mesh, x: scale(mesh.x, x), y: scale(mesh.y, y), z: scale(mesh.z, z) };
}
