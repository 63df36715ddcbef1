/** The plane of the variables: curvature by colour, the direction v, and the principal ones. */

import { add, norm, scale } from "../../linear.js";
import { numeral } from "../../numerals.js";
import { bending } from "../../quadratic.js";
import { over, pointAndValue, shortest, spans, visualUnit } from "../common.js";
import { NO_WORDS, blank, flatPoints, mark } from "../traces.js";
import { shades, zeroCurve } from "./shades.js";

// Lengths as parts of the smaller range: of v, of the principal directions, of H's eigenvectors.
const ARM = 0.26;
const PRINCIPAL = 0.18;
const EIGEN = 0.13;

export function plane(problem, state, here, isKnown) {
  const { values, size, prefix } = shades(problem, state);
  return {
    shade: { z: values, zmin: -size, zmax: size, "colorbar.tickprefix": prefix },
    zero: zeroCurve(problem, state),
    ...(isKnown ? directions(problem, here) : NOWHERE),
    point: mark(here.at, pointAndValue(problem, here.whole, here.f)),
  };
}

const NOWHERE = {
  ...blank(["eigenvectors", "first", "second", "direction", "end"]),
  names: NO_WORDS,
};

function directions(problem, here) {
  const arms = here.directions.map((v) => across(problem, here.at, v, PRINCIPAL));
  const eigen = bending(here.H, 2).vectors.map((v) => across(problem, here.at, v, EIGEN));
  // Where every direction is principal none is shown.
  const [first, second] = arms.map((ends, k) => ({
    ...segments(here.isUmbilic ? [] : [ends]),
    hovertemplate: `principal curvature ${numeral(here.values[k])}<extra></extra>`,
  }));
  const tips = here.isUmbilic ? [] : arms.map(([, tip]) => tip);
  return {
    eigenvectors: segments(eigen),
    first,
    second,
    direction: segments([across(problem, here.at, here.v, ARM)]),
    end: segments([[ahead(problem, here)]]),
    names: {
      ...flatPoints(tips),
      text: ["<b>κ₁</b>", "<b>κ₂</b>"].slice(0, tips.length),
      textposition: "top right",
    },
  };
}

/** The ends of the direction. */
export const ahead = (problem, { at, v }) => across(problem, at, v, ARM)[1];
export const back = (problem, { at, v }) => across(problem, at, v, ARM)[0];

/** From one side of the point to the other: as long to the eye in all directions. */
function across(problem, at, v, part) {
  const unit = visualUnit(problem);
  const half = scale(v, (part * shortest(spans(problem), unit)) / norm(over(v, unit)));
  return [add(at, scale(half, -1)), add(at, half)];
}

const segments = (lines) => ({
  x: lines.flatMap((points) => [...points.map(([x]) => x), null]).slice(0, -1),
  y: lines.flatMap((points) => [...points.map(([, y]) => y), null]).slice(0, -1),
});
