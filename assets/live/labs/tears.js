/** Where f jumps from above what is seen of it to below, as at a pole. */

const NEIGHBOURS = [[0, 1], [1, 0], [0, -1], [-1, 0]];

/** Whether the value at row j, place i, and one next to it lie beyond opposite ends of the range. */
export function isTorn(rows, [low, high]) {
  const side = (z) => (z > high) - (z < low);
  return (j, i) =>
    NEIGHBOURS.some(([dj, di]) => side(rows[j][i]) * side(rows[j + dj]?.[i + di]) < 0);
}
