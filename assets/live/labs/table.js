/** The Jacobian as a table of coloured cells with numbers in them. */

import { numeral } from "../numerals.js";

const chunks = (flat, length) =>
  Array.from({ length: flat.length / length }, (_, i) => flat.slice(i * length, (i + 1) * length));

/** ∂f₂/∂x, as text. */
export function entryName({ components, pretty }, i, j) {
  return `∂${components[i]}/∂${pretty[j]}`;
}

/** The trace of the table: the largest entry, of either sign, has the full colour. */
export function table(problem, J) {
  const n = problem.names.length;
  const most = Math.max(...Array.from(J, (entry) => (Number.isFinite(entry) ? Math.abs(entry) : 0)));
  const size = most || 1;
  const entries = Array.from(J);
  const said = entries.map((entry, k) => {
    const name = entryName(problem, Math.floor(k / n), k % n);
    return `${name} = ${numeral(entry)}`;
  });
  return {
    z: chunks(entries, n),
    text: chunks(entries.map((entry) => (Number.isNaN(entry) ? "–" : numeral(entry, 3))), n),
    customdata: chunks(said, n),
    zmin: -size,
    zmax: size,
  };
}
