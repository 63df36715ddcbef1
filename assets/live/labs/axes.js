/** Ranges of axes that follow what is drawn in steps, so that they stand still most of the time. */

import { linspace } from "../shapes.js";

const STEPS = [1, 1.25, 1.6, 2, 2.5, 3.2, 4, 5, 6.3, 8, 10];

/** The next round length. */
export function roundUp(length) {
  if (!(length > 0) || !Number.isFinite(length)) return 1;
  const unit = 10 ** Math.floor(Math.log10(length));
  return Number((unit * STEPS.find((step) => step * unit >= length * (1 - 1e-9))).toPrecision(3));
}

/** So many numbers from a to b, both among them, at equal distances on a logarithmic scale. */
export const logspace = (a, b, count) => linspace(Math.log(a), Math.log(b), count).map(Math.exp);

/** From 0 to beyond all of the values, on either side; ``room`` is what is left beyond them. */
export function fromZero(values, room = 1.1) {
  const finite = values.filter(Number.isFinite);
  const [low, high] = [Math.min(0, ...finite), Math.max(0, ...finite)];
  const most = Math.max(-low, high);
  // A side on which there is next to nothing takes its room from the other.
  const reach = (length) => (length > 0.1 * most ? roundUp(room * length) : 0);
  return most > 0 ? [0 - reach(-low) || -0.04 * most, reach(high) || 0.04 * most] : [-1, 1];
}

/** The values, with a little room. */
export function around(low, high, room = 0.08) {
  const margin = room * (high - low) || 1;
  return [low - margin, high + margin];
}
