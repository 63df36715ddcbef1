/**
 * How a map changes small volumes (R³ → R³) or areas (R² → R³): a piece of the domain around the
 * point, its true image, and the image under f(p) + J(x − p).
 */

import { add, cross, determinant, norm, scale, sizeFactor, subtract } from "../linear.js";
import * as m from "../mathml.js";
import { areaOfImage, digitsOf, ROUGH, signedVolumeOfImage } from "../measures.js";
import { columns, gridTriangles, meshOf, NO_MESH, polylines } from "../meshes.js";
import { numeral, vector } from "../numerals.js";
import { arrow3d, linspace, polygon } from "../shapes.js";
import { logspace } from "./axes.js";
import { columnsOf, percent } from "./cell/pieces.js";
import {
  areFinite,
  clamp,
  equations,
  hasJacobian,
  lengthsOf,
  pointHandle,
  reading,
  spans,
  undefinedHere,
} from "./common.js";
import { NOTHING, NOTHING_IN_SPACE, blank, mark } from "./traces.js";

// Cells along each side of a piece, as it is drawn.
const CELLS = 8;
// Sizes at which the ratio is measured for its curve.
const SIZES = 15;
// As in calc_core/figures/space.py: the patch lies by so much of the figure over the surface.
const LIFT = 0.005;
const THICKNESS = 0.012;
// The magnified piece: how far the figure reaches, in its own sizes, and the length of its axes.
const REACH = 1.25;
const AXIS = 1.04;
const AROUND = 2.2;
// As in calc_core/geometry/box_image.py.
const FAR = 4;

const isSolid = ({ names }) => names.length === 3;

export function draw(problem, state) {
  const here = measured(problem, state);
  const isThere = hasJacobian(here);
  return {
    traces: isSolid(problem)
      ? { block: block(problem, here), solid: solid(here, isThere), shrinking: shrinking(problem, state, here) }
      : { parameters: parameters(here), sheet: sheet(problem, state, here, isThere), shrinking: shrinking(problem, state, here) },
    layouts: layouts(problem, state, here, isThere),
    readings: readings(problem, here),
    words: isThere ? words(problem, state, here) : {},
    handles: handles(problem, state, here),
    ...amiss(problem, state, here, isThere),
  };
}

/** The piece shrinks to the smallest there is, under the magnifying glass. */
export function play(problem, state, part) {
  const [smallest, largest] = problem.edges;
  const from = state.edge > 2 * smallest ? state.edge : largest;
  return { ...state, edge: from * (smallest / from) ** part, lens: true };
}

// ── the piece and its size ──────────────────────────────────────────────────────────────────────

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

const POINTS = { 2: NETS[2].flat(), 3: NETS[3].flat() };
const triangles = (n) =>
  NETS[n].flatMap((net, k) => gridTriangles(CELLS + 1, CELLS + 1, 1, k * net.length));
const TRIANGLES = { 2: triangles(2), 3: triangles(3) };

const placed = (at, sides, part) => at.map((x, k) => x + sides[k] * part[k]);

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

function measured(problem, state) {
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
const sizesOf = ({ edges: [smallest, largest] }) => logspace(smallest, largest, SIZES);

// ── figures in space ────────────────────────────────────────────────────────────────────────────

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

function block(problem, { at, sides }) {
  const axes = sides.map((side, k) => at.map((_, place) => (place === k ? side : 0)));
  return {
    piece: meshOf(POINTS[3].map((part) => placed(at, sides, part)), TRIANGLES[3]),
    ...edges(at, axes),
    point: mark(at, equations(problem, at)),
  };
}

const imageMark = ({ f }) => mark(f, `goes to ${vector(f)}`);

function solid(here, isThere) {
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

function sheet(problem, state, here, isThere) {
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

// ── what is seen of it ──────────────────────────────────────────────────────────────────────────

/** How far the piece reaches from its middle, true or linear, along the axes. */
function reach({ image, slopes }) {
  const linear = [0, 1, 2].map((axis) => slopes.reduce((sum, slope) => sum + Math.abs(slope[axis]) / 2, 0));
  const furthest = Math.max(...linear);
  const most = image.reduce((size, point) => Math.max(size, ...point.map(Math.abs)), 0);
  // Where J is 0 there is the true image alone; where that runs away, the linear one is what counts.
  return furthest > 0 ? Math.max(furthest, Math.min(most, 3 * furthest) || 0) : most;
}

function layouts(problem, { lens }, here, isThere) {
  const name = isSolid(problem) ? "solid" : "sheet";
  const far = REACH * reach(here);
  const isNear = lens && isThere && far > 0 && Number.isFinite(far);
  const ranges = isNear ? here.f.map((x) => [x - far, x + far]) : wide(problem, here, isThere);
  return {
    [name]: {
      ...Object.fromEntries([..."xyz"].map((axis, k) => [`scene.${axis}axis.range`, ranges[k]])),
      "scene.aspectratio": isNear ? { x: AXIS, y: AXIS, z: AXIS } : aspectOf(ranges),
    },
    shrinking: { "yaxis.range": heightsOf(here) },
  };
}

/** The ranges of the image of all, and of the piece where it reaches beyond, but not to infinity. */
function wide(problem, { f, image, slopes }, isThere) {
  if (!isThere) return problem.window;
  return problem.window.map(([low, high], axis) => {
    const linear = slopes.reduce((sum, slope) => sum + Math.abs(slope[axis]) / 2, 0);
    const seen = [-linear, linear, ...image.map((point) => point[axis])].filter(Number.isFinite);
    const margin = 0.02 * (high - low);
    const [least, most] = [f[axis] + Math.min(...seen) - margin, f[axis] + Math.max(...seen) + margin];
    const away = FAR * (high - low);
    return [Math.min(low, Math.max(least, low - away)), Math.max(high, Math.min(most, high + away))];
  });
}

/** As in calc_core/figures/map_parts.py: all axes at one scale, where that can be. */
function aspectOf(ranges) {
  const lengths = lengthsOf(ranges);
  const parts = lengths.map((length) => Math.max(0.25, length / Math.max(...lengths)));
  const size = Math.min(1.8 / norm(parts), 1.2);
  const [x, y, z] = scale(parts, size);
  return { x, y, z };
}

/** What the curve needs; of one that is all but flat not what rounding makes of it. */
function heightsOf({ factor, ratio, curve }) {
  const values = [factor, ratio, ...curve].filter(Number.isFinite);
  if (values.length === 0) return [-1, 1];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const margin = Math.max(0.2 * (high - low), 0.02 * Math.max(Math.abs(low), Math.abs(high))) || 1;
  return [low - margin, high + margin];
}

// ── figures in the plane ────────────────────────────────────────────────────────────────────────

function parameters({ at, sides }) {
  const corners = [[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5]].map((part) => placed(at, sides, part));
  const cell = polygon(corners);
  return { cell_edge: cell, cell, point: { x: [at[0]], y: [at[1]] } };
}

function shrinking(problem, state, here) {
  const [smallest, largest] = problem.edges;
  const { factor, ratio, curve } = here;
  const isThere = Number.isFinite(factor);
  return {
    limit: isThere ? { x: [smallest / 2, largest * 2], y: [factor, factor] } : NOTHING,
    ratio: { x: sizesOf(problem), y: curve },
    here: { x: [state.edge], y: [ratio] },
  };
}

function handles(problem, state, here) {
  const [smallest, largest] = problem.edges;
  const within = (edge) => clamp(edge, smallest, largest);
  const size = {
    id: "edge",
    figure: "shrinking",
    at: [state.edge, here.ratio],
    label: "The size of the piece",
    text: `edge ${numeral(state.edge, 3)} of the range`,
    move: ([x]) => ({ ...state, edge: within(x) }),
  };
  if (isSolid(problem)) return [size];
  const corner = {
    id: "corner",
    figure: "parameters",
    shape: "corner",
    at: state.at.map((x, k) => x + here.sides[k] / 2),
    label: "The corner of the cell",
    text: `sides ${here.sides.map((side) => numeral(side, 3)).join(" and ")}`,
    move: (place) => {
      const parts = place.map((x, k) => within((2 * Math.abs(x - state.at[k])) / spans(problem)[k]));
      const edge = Math.max(...parts);
      return { ...state, edge, sides: parts.map((part) => part / edge) };
    },
  };
  return [pointHandle(problem, state, "parameters"), corner, size];
}

// ── in numbers and words ────────────────────────────────────────────────────────────────────────

const J = m.id("J");
const JACOBIAN_FACTOR = m.root(m.row(m.id("det"), m.fenced(m.row(m.sup(J, m.op("⊤")), J))));

function names(problem) {
  return isSolid(problem)
    ? { what: "volume", piece: "box", linear: "parallelepiped", symbol: m.row(m.id("det"), J), text: "det J", integrand: "|det J|" }
    : { what: "area", piece: "cell", linear: "parallelogram", symbol: JACOBIAN_FACTOR, text: "√det(JᵀJ)", integrand: "√det(JᵀJ)" };
}

const difference = ({ ratio, factor }) => (factor === 0 ? NaN : (ratio - factor) / factor);
const digitsIn = ({ ratio, doubt }, most) => digitsOf(ratio, doubt, most);

function readings(problem, here) {
  const { what, piece, symbol, integrand } = names(problem);
  const signed = isSolid(problem) ? `${what} of its image, signed` : `${what} of its image`;
  const rows = [
    reading("Jacobian", m.equation(J, m.matrix(here.jacobian, 3, here.at.length, 3))),
    reading("factor by J", m.equation(symbol, m.num(here.factor, 5))),
    reading(`${what} of the ${piece}`, m.num(here.size, 5)),
    reading(signed, m.num(here.imageSize, digitsIn(here, 5))),
    reading("ratio of the two", m.num(here.ratio, digitsIn(here, 5))),
    reading("by so much off the factor", percent(difference(here), here.doubt / Math.abs(here.factor))),
  ];
  if (problem.whole) rows.push(reading(`∫ ${integrand} over the ranges, overlaps counted`, whole(problem.whole)));
  return rows;
}

/** An integral with an estimate of its error, which is no bound. */
function whole([value, error]) {
  return m.row(m.op("≈"), m.num(value, 6), m.text(",\u00a0error\u00a0"), m.op("≈"), m.num(error, 1));
}

function words(problem, state, here) {
  const { what, piece, linear, text } = names(problem);
  const { factor, ratio, size, imageSize, at } = here;
  const digits = digitsIn(here, 4);
  const measuredWords = areFinite(ratio)
    ? `Its true image has ${what} ${numeral(Math.abs(imageSize), digits)}, ${numeral(Math.abs(ratio), digits)} times as much${turned(problem, ratio)}.`
    : "It reaches to where the function has no value.";
  const linearWords = `The ${linear} that J makes of it has ${numeral(Math.abs(factor))} times as much${turned(problem, factor)}.`;
  const flat = factor === 0 ? ` J has linearly dependent columns: it presses the ${piece} flat.` : "";
  const around = `A ${piece} with sides ${here.sides.map((side) => numeral(side, 3)).join(", ")} around ${equations(problem, at)}: its ${what} is ${numeral(size)}.`;
  return {
    [isSolid(problem) ? "block" : "parameters"]: around,
    [isSolid(problem) ? "solid" : "sheet"]: `${measuredWords} ${linearWords}${flat}`,
    shrinking: `The smaller the ${piece}, the nearer the ratio of the ${what}s comes to ${text} = ${numeral(factor)}.`,
  };
}

const turned = (problem, value) => (isSolid(problem) && value < 0 ? ", with left and right exchanged" : "");

function amiss(problem, state, here, isThere) {
  if (!isThere) return undefinedHere(problem, state, hasJacobian);
  if (areFinite(here.ratio)) return {};
  return { note: `The ${names(problem).piece} reaches to where the function has no value: make it smaller.` };
}
