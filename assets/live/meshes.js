/** Meshes {x, y, z, i, j, k} of triangles in space: put together, and measured. */

import { cross, dot, norm, subtract } from "./linear.js";

export const NO_MESH = { x: [], y: [], z: [], i: [], j: [], k: [] };

/** Points as the three columns of a trace. */
export const columns = (points) => ({
  x: points.map(([x]) => x),
  y: points.map(([, y]) => y),
  z: points.map(([, , z]) => z),
});

/** Points and triangles, which are lists of three numbers each, as a mesh. */
export function meshOf(points, triangles) {
  const { x: i, y: j, z: k } = columns(triangles);
  return { ...columns(points), i, j, k };
}

/** Several meshes as one. */
export function merged(meshes) {
  const all = { x: [], y: [], z: [], i: [], j: [], k: [] };
  for (const mesh of meshes) {
    const first = all.x.length;
    for (const axis of "xyz") all[axis].push(...mesh[axis]);
    for (const corner of "ijk") for (const n of mesh[corner]) all[corner].push(n + first);
  }
  return all;
}

/** Lines in space as one trace, with a gap between any two. */
export function polylines(lines) {
  const gap = [NaN, NaN, NaN];
  return columns(lines.flatMap((line, n) => (n ? [gap, ...line] : line)));
}

/**
 * The triangles of a grid with so many points in a row and so many rows, points in one row being
 * next to each other; each cell is halved.  With a stride the points in between are left out.
 */
export function gridTriangles(across, rows, stride = 1, first = 0) {
  const found = [];
  for (let b = 0; b + stride < rows; b += stride) {
    for (let a = 0; a + stride < across; a += stride) {
      const corner = first + a + across * b;
      const [right, up] = [corner + stride, corner + stride * across];
      found.push([corner, right, up + stride], [corner, up + stride, up]);
    }
  }
  return found;
}

/** The area of all triangles, ½ Σ |(b − a) × (c − a)|. */
export function area(points, triangles) {
  let sum = 0;
  for (const [a, b, c] of triangles) {
    sum += norm(cross(subtract(points[b], points[a]), subtract(points[c], points[a])));
  }
  return sum / 2;
}

/**
 * The volume that closed triangles enclose, ⅙ Σ a · (b × c): positive if they are counter-clockwise
 * as seen from outside.  It is ⅓ ∮ x · n dA, by the divergence theorem.
 */
export function signedVolume(points, triangles) {
  let sum = 0;
  for (const [a, b, c] of triangles) sum += dot(points[a], cross(points[b], points[c]));
  return sum / 6;
}
