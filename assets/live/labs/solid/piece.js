/** The piece around the point, its image, and how often the one is as large as the other. */

import { determinant, scale, sizeFactor, subtract } from "../../linear.js";
import { areaOfImage, ROUGH, signedVolumeOfImage } from "../../measures.js";
import { gridTriangles } from "../../meshes.js";
import { linspace } from "../../shapes.js";
import { logspace } from "../axes.js";
import { columnsOf } from "../cell/pieces.js";
import { areFinite, clamp, spans } from "../common.js";

/** Cells along each side of a piece, as it is drawn. */
export const CELLS = 8;
// Sizes at which the ratio is measured for its curve.
const SIZES = 15;

/** Whether the map goes from space to space; else from a plane to a surface. */
export const isSolid = ({ names }) => names.length === 3;

/** The sides of a piece whose longest edge is this part of the ranges. */
const sidesOf = (problem, { sides }, edge) =>
  spans(problem).map((span, k) => edge * partOf(problem, sides?.[k]) * span);

/** A side as a part of the longest, as the corner can be pulled; an address may say anything. */
function partOf({ edges: [smallest, largest] }, side) {
  return side > 0 ? clamp(side, smallest / largest, 1) : 1;
}

/** A cell, or the six faces of a box, as nets of points with coordinates from −½ to ½. */
const NETS = { 2: [face((a, b) => [a, b])], 3: [0, 1, 2].flatMap((axis) => [facing(axis, 0.5), facing(axis, -0.5)]) };

/** The face of the box on this side of an axis: counter-clockwise as seen from outside. */
function facing(axis, side) {
  return face((a, b) => {
    const point = [side, side, side];
    [point[(axis + 1) % 3], point[(axis + 2) % 3]] = side > 0 ? [a, b] : [b, a];
    return point;
  });
}

function face(place) {
  const along = linspace(-0.5, 0.5, CELLS + 1);
  return along.flatMap((b) => along.map((a) => place(a, b)));
}

/** The points at which a piece is drawn, as parts of its sides; of a box on its six faces. */
export const POINTS = { 2: NETS[2].flat(), 3: NETS[3].flat() };
const triangles = (n) =>
  NETS[n].flatMap((net, k) => gridTriangles(CELLS + 1, CELLS + 1, 1, k * net.length));
export const TRIANGLES = { 2: triangles(2), 3: triangles(3) };

/** A point of a piece in the domain. */
export const placed = (at, sides, part) => at.map((x, k) => x + sides[k] * part[k]);

/** The size of the true image, with the sign of its orientation for a volume. */
function sizeOf(problem, at, sides, how) {
  const measure = sides.length === 3 ? signedVolumeOfImage : areaOfImage;
  return measure(problem, at, sides, how);
}

/** The images of the piece's points, seen from that of the point: differences keep their digits. */
function imageOf(problem, at, f, sides) {
  return POINTS[at.length].map((part) => subtract(problem.functions(placed(at, sides, part)).f, f));
}

function ratioAt(problem, state, edge) {
  const sides = sidesOf(problem, state, edge);
  return sizeOf(problem, state.at, sides, ROUGH).value / product(sides);
}

const product = (numbers) => numbers.reduce((all, number) => all * number, 1);

/** The piece at the point and its images, true and linear, with all their sizes. */
export function measured(problem, state) {
  const { f, jacobian } = problem.functions(state.at);
  const n = state.at.length;
  const sides = sidesOf(problem, state, state.edge);
  const image = imageOf(problem, state.at, f, sides);
  const size = product(sides);
  const { value, error } = sizeOf(problem, state.at, sides);
  // The measure looks inside; that the piece is whole, its edge tells as well.
  const imageSize = areFinite(...image) ? value : NaN;
  // Of a volume with its sign, as the volume of the image has one.
  const factor = n === 3 ? determinant(jacobian, 3) : sizeFactor(jacobian, 3, 2);
  const slopes = columnsOf(jacobian, n).map((column, k) => scale(column, sides[k]));
  const [ratio, doubt] = [imageSize / size, error / size];
  const curve = sizesOf(problem).map((edge) => ratioAt(problem, state, edge));
  return { f, jacobian, at: state.at, sides, image, size, imageSize, factor, slopes, ratio, doubt, curve };
}

/** The sizes at which the ratio is measured, evenly on a log scale. */
export const sizesOf = ({ edges: [smallest, largest] }) => logspace(smallest, largest, SIZES);
