/** Curves on which a function of two variables, known on a grid, has a value. */

/**
 * The level curve as line pieces with gaps between them, {x, y}: marching squares, linear along
 * the edges of the cells.  A cell with a missing corner has none; in a cell that two pieces cross,
 * the value in its middle decides which corners belong together.
 *
 * z[j][i] is the value at (xs[i], ys[j]).  Source: Lorensen & Cline 1987 in two dimensions.
 */
export function levelCurve(xs, ys, z, level) {
  const x = [];
  const y = [];
  for (let j = 0; j + 1 < ys.length; j++) {
    for (let i = 0; i + 1 < xs.length; i++) {
      const corners = [z[j][i], z[j][i + 1], z[j + 1][i + 1], z[j + 1][i]].map((v) => v - level);
      for (const [a, b] of pieces(corners)) {
        for (const edge of [a, b]) {
          const [u, v] = onEdge(edge, corners);
          x.push(xs[i] + u * (xs[i + 1] - xs[i]));
          y.push(ys[j] + v * (ys[j + 1] - ys[j]));
        }
        x.push(null);
        y.push(null);
      }
    }
  }
  return { x, y };
}

/** Pairs of edges between which the curve runs; edge k lies between the corners k and k + 1. */
function pieces(corners) {
  const [a, b, c, d] = corners;
  if (!Number.isFinite(a + b + c + d)) return [];
  const crossed = [0, 1, 2, 3].filter((k) => corners[k] >= 0 !== corners[(k + 1) % 4] >= 0);
  if (crossed.length < 4) return crossed.length === 2 ? [crossed] : [];
  const isLikeFirst = a + b + c + d >= 0 === a >= 0;
  return isLikeFirst ? [[0, 1], [2, 3]] : [[3, 0], [1, 2]];
}

const CORNERS = [[0, 0], [1, 0], [1, 1], [0, 1]];

/** Where the value is 0 on an edge of the unit square. */
function onEdge(k, corners) {
  const next = (k + 1) % 4;
  const part = corners[k] / (corners[k] - corners[next]);
  return [0, 1].map((axis) => CORNERS[k][axis] + part * (CORNERS[next][axis] - CORNERS[k][axis]));
}
