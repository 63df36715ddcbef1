/** What is drawn in space: the box or the surface, the true image of the piece, and its linear one. */

import { add, cross, norm, scale } from "../../linear.js";
import { meshOf, NO_MESH, polylines } from "../../meshes.js";
import { vector } from "../../numerals.js";
import { arrow3d } from "../../shapes.js";
import { areFinite, equations, lengthsOf } from "../common.js";
import { NOTHING_IN_SPACE, blank, mark } from "../traces.js";
import { CELLS, placed, POINTS, TRIANGLES } from "./piece.js";

// As in calc_core/figures/space.py: the patch lies by so much of the figure over the surface.
const LIFT = 0.005;
const THICKNESS = 0.012;
// How far the surface goes on around the cell under the glass, in its own sizes.
const AROUND = 2.2;

/** The corners of a parallelepiped around a point along which one side is 0, as signs of the others. */
const SIGNS = [[-0.5, -0.5], [0.5, -0.5], [-0.5, 0.5], [0.5, 0.5]];

/** For each side the edges along it, of a parallelogram or parallelepiped with a middle. */
function edges(middle, sides) {
  const found = sides.map((side, k) => {
    const others = sides.filter((_, place) => place !== k);
    const corners = others.length === 2 ? SIGNS : [[-0.5], [0.5]];
    return polylines(
      corners.map((signs) => {
        const centre = signs.reduce((sum, sign, place) => add(sum, scale(others[place], sign)), middle);
        return [add(centre, scale(side, -0.5)), add(centre, scale(side, 0.5))];
      }),
    );
  });
  return Object.fromEntries(found.map((line, k) => [`edge${k}`, line]));
}

const noEdges = (count) => Object.fromEntries(Array.from({ length: count }, (_, k) => [`edge${k}`, NOTHING_IN_SPACE]));

/** The box around the point. */
export function block(problem, { at, sides }) {
  const axes = sides.map((side, k) => at.map((_, place) => (place === k ? side : 0)));
  return {
    piece: meshOf(POINTS[3].map((part) => placed(at, sides, part)), TRIANGLES[3]),
    ...edges(at, axes),
    point: mark(at, equations(problem, at)),
  };
}

const imageMark = ({ f }) => mark(f, `goes to ${vector(f)}`);

/** The true image of the small box, and the parallelepiped that J makes of it. */
export function solid(here, isThere) {
  const { f, image, slopes } = here;
  const nothing = NOTHING_IN_SPACE;
  if (!isThere) return { image: NO_MESH, creases: nothing, ...noEdges(3), point: nothing };
  const points = image.map((point) => add(f, point));
  const isWhole = areFinite(...points);
  return {
    image: isWhole ? meshOf(points, TRIANGLES[3]) : NO_MESH,
    creases: isWhole ? polylines(rims(points)) : nothing,
    ...edges(f, slopes),
    point: imageMark(here),
  };
}

/** The border of each face, from its net of points. */
function rims(points) {
  const [row, count] = [CELLS + 1, (CELLS + 1) ** 2];
  const along = Array.from({ length: row }, (_, n) => n);
  const ring = [
    ...along,
    ...along.map((n) => n * row + CELLS),
    ...along.toReversed().map((n) => CELLS * row + n),
    ...along.toReversed().map((n) => n * row),
  ];
  const faces = Array.from({ length: points.length / count }, (_, k) => k * count);
  return faces.map((first) => ring.map((n) => points[first + n]));
}

const NO_MESHES = blank(["around", "image", "plane", "head0", "head1"], NO_MESH);

/** The surface, the true image of the cell on it, and the parallelogram in its tangent plane. */
export function sheet(problem, state, here, isThere) {
  const isWide = !state.lens;
  const still = { surface: { visible: isWide }, net: { visible: isWide } };
  const nothing = NOTHING_IN_SPACE;
  if (!isThere) return { ...still, ...NO_MESHES, creases: nothing, ...noEdges(2), point: nothing };
  const { f, image, slopes } = here;
  const points = image.map((point) => add(f, point));
  const isWhole = areFinite(...points);
  const [u, v] = slopes.map((slope) => scale(slope, 0.5));
  const corners = [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([a, b]) => add(f, add(scale(u, a), scale(v, b))));
  const lines = edges(f, slopes);
  const arrows = [u, v].map((half) => (norm(half) > 0 ? arrow3d(f, half, [1, 1, 1], THICKNESS * 2 * reach(here)) : null));
  return {
    ...still,
    around: state.lens ? around(problem, here) : NO_MESH,
    image: isWhole ? lifted(problem, here, points, state.lens ? 0.01 * reach(here) : LIFT * extent(problem)) : NO_MESH,
    creases: isWhole ? polylines(rims(points)) : nothing,
    plane: meshOf(corners, [[0, 1, 2], [0, 2, 3]]),
    ...Object.fromEntries(
      arrows.flatMap((arrow, k) => [
        [`edge${k}`, arrow ? joinedLines(lines[`edge${k}`], arrow.shaft) : lines[`edge${k}`]],
        [`head${k}`, arrow?.head ?? NO_MESH],
      ]),
    ),
    point: imageMark(here),
  };
}

const joinedLines = (first, second) =>
  Object.fromEntries([..."xyz"].map((axis) => [axis, [...first[axis], NaN, ...second[axis]]]));

const extent = ({ window }) => Math.max(...lengthsOf(window));

/** The patch a little over the surface, on both of its sides: in it, it would not be seen. */
function lifted(problem, { at, sides }, points, lift) {
  const normals = POINTS[2].map((part) => {
    const { jacobian: J } = problem.functions(placed(at, sides, part));
    const normal = cross([J[0], J[2], J[4]], [J[1], J[3], J[5]]);
    const size = norm(normal);
    return size > 0 && areFinite(size) ? scale(normal, lift / size) : [0, 0, 0];
  });
  const both = [1, -1].flatMap((side) => points.map((point, n) => add(point, scale(normals[n], side))));
  return meshOf(both, [...TRIANGLES[2], ...TRIANGLES[2].map((corners) => corners.map((n) => n + points.length))]);
}

/** The surface beyond the cell, which under the glass is not that of the grid, too coarse for it. */
function around(problem, { at, sides }) {
  const points = POINTS[2].map((part) => problem.functions(placed(at, scale(sides, AROUND), part)).f);
  return areFinite(...points) ? meshOf(points, TRIANGLES[2]) : NO_MESH;
}

/** How far the piece reaches from its middle, true or linear, along the axes. */
export function reach({ image, slopes }) {
  const linear = [0, 1, 2].map((axis) => slopes.reduce((sum, slope) => sum + Math.abs(slope[axis]) / 2, 0));
  const furthest = Math.max(...linear);
  const most = image.reduce((size, point) => Math.max(size, ...point.map(Math.abs)), 0);
  // Where J is 0 there is the true image alone; where that runs away, the linear one is what counts.
  return furthest > 0 ? Math.max(furthest, Math.min(most, 3 * furthest) || 0) : most;
}
