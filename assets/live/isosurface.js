/**
 * Surfaces in space on which a function of three variables has a value: marching cubes.
 *
 * W. E. Lorensen & H. E. Cline, "Marching cubes: a high resolution 3D surface construction
 * algorithm", Computer Graphics 21 (1987) — here without their table, which left holes between
 * cubes that share a face with two high and two low corners across: see `polygons`.
 */

import { dot } from "./linear.js";

// The corners of a cube are 0 … 7, a bit for each axis; edge 3c + a goes from corner c along axis a.
const CORNERS = [0, 1, 2, 3, 4, 5, 6, 7];
const AXES = [0, 1, 2];
const edgeOf = (p, q) => 3 * (p & q) + Math.log2(p ^ q);

/** The corners of each face, counter-clockwise as seen from outside. */
const FACES = AXES.flatMap((a) => {
  const [right, up] = [1 << (a + 1) % 3, 1 << (a + 2) % 3];
  const round = [0, right, right | up, up];
  return [round.map((corner) => corner | (1 << a)), round.toReversed()];
});

const isHigh = (above, corner) => ((above >> corner) & 1) === 1;

/**
 * The polygons in which the surface crosses a cube, as lists of edges, by which corners are high.
 *
 * Around each face the surface runs from every edge at which the corners become high to the next
 * one at which they become low again.  What becomes low on one face becomes high on the neighbour,
 * which is gone round the other way: so the pieces join to closed polygons, and because a face is
 * crossed in the same way from both of its sides, the polygons of all cubes join, too.
 */
function polygons(above) {
  const next = new Map();
  for (const face of FACES) {
    face.forEach((corner, k) => {
      if (isHigh(above, corner) || !isHigh(above, face[(k + 1) % 4])) return;
      let last = k + 1;
      while (isHigh(above, face[(last + 1) % 4])) last += 1;
      next.set(edgeOf(corner, face[(k + 1) % 4]), edgeOf(face[last % 4], face[(last + 1) % 4]));
    });
  }
  const found = [];
  while (next.size) {
    const polygon = [];
    let [edge] = next.keys();
    while (next.has(edge)) {
      const following = next.get(edge);
      polygon.push(edge);
      next.delete(edge);
      edge = following;
    }
    found.push(polygon);
  }
  return found;
}

const CASES = Array.from({ length: 256 }, (_, above) => polygons(above));

/** The values of f at the points of a grid, the first coordinate running fastest. */
export function valuesOn([xs, ys, zs], f) {
  const values = new Float64Array(xs.length * ys.length * zs.length);
  let at = 0;
  for (const z of zs) for (const y of ys) for (const x of xs) values[at++] = f([x, y, z]);
  return values;
}

/**
 * The level surface as a mesh {x, y, z, i, j, k} of triangles, counter-clockwise as seen from where
 * f is larger, from values as of `valuesOn`.  `probe(point)` gives {f, gradient}; by it a corner is
 * brought nearer to the surface, and is left out where f does not pass through the level but jumps
 * over it.  Cubes with a missing value have no surface.
 */
export function isosurface(axes, values, level, probe) {
  return new March(axes, values, level, probe).mesh();
}

const NOT_YET = -1;
const TORN = -2;
// A continuous function comes this much nearer to the level, at least, when an edge is halved so
// many times; at a jump or a pole it does not.
const HALVINGS = 6;
const NEARER = 0.25;

class March {
  constructor(axes, values, level, probe) {
    Object.assign(this, { axes, values, level, probe });
    this.counts = axes.map((axis) => axis.length);
    const [nx, ny] = this.counts;
    this.strides = [1, nx, nx * ny];
    this.offsets = CORNERS.map((c) => dot(AXES.map((axis) => (c >> axis) & 1), this.strides));
    this.crossings = new Int32Array(values.length * 3).fill(NOT_YET);
    this.points = [];
    this.triangles = [];
  }

  mesh() {
    const [nx, ny, nz] = this.counts;
    for (let c = 0; c + 1 < nz; c++) {
      for (let b = 0; b + 1 < ny; b++) {
        for (let a = 0; a + 1 < nx; a++) this.cube(a + nx * (b + ny * c));
      }
    }
    const [x, y, z] = AXES.map((axis) => Float32Array.from(this.points, (point) => point[axis]));
    const [i, j, k] = AXES.map((corner) => Int32Array.from(this.triangles, (t) => t[corner]));
    return { x, y, z, i, j, k };
  }

  cube(lowest) {
    let above = 0;
    for (let corner = 0; corner < 8; corner++) {
      const value = this.values[lowest + this.offsets[corner]];
      if (!Number.isFinite(value)) return;
      if (value >= this.level) above |= 1 << corner;
    }
    for (const polygon of CASES[above]) {
      const [first, ...others] = polygon.map((edge) => this.crossing(lowest, edge));
      for (let n = 1; n < others.length; n++) this.triangle(first, others[n], others[n - 1]);
    }
  }

  triangle(a, b, c) {
    if (a !== TORN && b !== TORN && c !== TORN) this.triangles.push([a, b, c]);
  }

  /** The corner of the mesh on an edge, found once for all cubes that share it. */
  crossing(lowest, edge) {
    const axis = edge % 3;
    const start = lowest + this.offsets[(edge - axis) / 3];
    const place = 3 * start + axis;
    if (this.crossings[place] === NOT_YET) this.crossings[place] = this.find(start, axis);
    return this.crossings[place];
  }

  find(start, axis) {
    const from = this.place(start);
    const length = this.place(start + this.strides[axis])[axis] - from[axis];
    const at = (part) => from.with(axis, from[axis] + part * length);
    const [before, after] = [start, start + this.strides[axis]].map((n) => this.values[n] - this.level);
    const guess = before / (before - after);
    const { f, gradient } = this.probe(at(guess));
    // One step of Newton's, if f rises or falls there as it does along the whole edge.
    const slope = gradient[axis] * length;
    const nearer = guess + (this.level - f) / slope;
    const isSteady = slope * (after - before) > 0 && nearer >= 0 && nearer <= 1;
    const part = isSteady ? nearer : this.halved(at, before, after);
    if (Number.isNaN(part)) return TORN;
    this.points.push(at(part));
    return this.points.length - 1;
  }

  /** Where on an edge f goes through the level, by halving; NaN where it jumps over it. */
  halved(at, before, after) {
    let [low, high, first, last] = [0, 1, before, after];
    for (let n = 0; n < HALVINGS; n++) {
      const middle = (low + high) / 2;
      const value = this.probe(at(middle)).f - this.level;
      if (value >= 0 === first >= 0) [low, first] = [middle, value];
      else [high, last] = [middle, value];
    }
    return Math.abs(last - first) < NEARER * Math.abs(after - before) ? (low + high) / 2 : NaN;
  }

  place(node) {
    const [nx, ny] = this.counts;
    const row = Math.floor(node / nx);
    return [node % nx, row % ny, Math.floor(row / ny)].map((n, axis) => this.axes[axis][n]);
  }
}
