/** What the model of a laboratory draws, for tests in Node; the modules of the figures lie beside it. */

import * as F from "./functions.js";

const PARTS = [0, 0.5, 1];

/**
 * Draws a question {model, program, problem, state}, and gives beside the drawing what its handles
 * make of each of the `goals`, the states of its play, and what a click at a place of a figure
 * picks: `clicks` is {figure: place}.  Wherever a handle leads, the model must be able to draw.
 */
export const drawer = (goals, clicks) => async ({ model, program, problem, state }) => {
  const lab = await import(`./labs/${model}.js`);
  const source = encodeURIComponent(`export default ${program}`);
  const run = (await import(`data:text/javascript,${source}`)).default(F);
  const known = { ...problem, functions: (at) => run(at, problem.constants) };
  const { handles, picks, ...rest } = lab.draw(known, state);
  const moved = handles.map(({ move, ...handle }) => ({ ...handle, to: goals.map(move) }));
  for (const next of moved.flatMap(({ to }) => to)) lab.draw(known, next);
  const played = lab.play ? PARTS.map((part) => lab.play(known, state, part)) : [];
  const picked = Object.entries(clicks).map(([figure, place]) => [figure, picks?.[figure]?.(place)]);
  return { ...rest, handles: moved, played, picked: Object.fromEntries(picked) };
};
