/** Small traces that many figures have: points, with what is said of them, and nothing. */

import { columns } from "../meshes.js";

export const NOTHING = { x: [], y: [] };
export const NOTHING_IN_SPACE = { x: [], y: [], z: [] };
export const NO_WORDS = { ...NOTHING, text: [] };

/** Traces with these names, in which there is nothing. */
export const blank = (names, nothing = NOTHING) =>
  Object.fromEntries(names.map((name) => [name, nothing]));

/** Points of the plane as the columns of a trace. */
export const flatPoints = (points) => ({
  x: points.map(([x]) => x),
  y: points.map(([, y]) => y),
});

/** One point, of the plane or of space, with what is said when the pointer is on it. */
export const mark = (place, words) => ({
  ...(place.length === 2 ? flatPoints : columns)([place]),
  hovertemplate: `${words}<extra></extra>`,
});
