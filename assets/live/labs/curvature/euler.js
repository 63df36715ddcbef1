/** The normal curvature over the angle φ from the first principal direction. */

import { numeral } from "../../numerals.js";
import { linspace } from "../../shapes.js";
import { NOTHING, NO_WORDS, blank, mark } from "../traces.js";

export const RIGHT_ANGLE = 90;

const ENDS = [-RIGHT_ANGLE, RIGHT_ANGLE];
const ANGLES = linspace(...ENDS, 91);
// How far an axis may reach, in powers of ten.
const ROUND = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];
// Between a line and its name, as a part of the height.
const GAP = 0.015;

const NOWHERE = {
  ...blank(["room", "first", "second", "curve", "marks", "now"]),
  names: NO_WORDS,
};

/** Euler's formula: κ(φ) = κ₁ cos² φ + κ₂ sin² φ. */
export function euler({ values: [first, second], angle, curvature, isUmbilic }, isKnown) {
  if (!isKnown) return NOWHERE;
  const at = (degrees) => {
    const phi = (degrees * Math.PI) / 180;
    return first * Math.cos(phi) ** 2 + second * Math.sin(phi) ** 2;
  };
  const [low, high] = [-roundAbove(-1.15 * second), roundAbove(1.15 * first)];
  const gap = GAP * (high - low);
  const place = `v at ${numeral(angle, 3)}° from the first`;
  return {
    room: { x: ENDS, y: [low, high] },
    first: { x: ENDS, y: [first, first] },
    second: { x: ENDS, y: [second, second] },
    curve: {
      x: ANGLES,
      y: ANGLES.map(at),
      hovertemplate: "at %{x:.0f}°<br>κ = %{y:.4~g}<extra></extra>",
    },
    names: isUmbilic ? nameOfBoth(first, gap) : names(first, second, gap),
    marks: isUmbilic ? NOTHING : { x: [-RIGHT_ANGLE, 0, RIGHT_ANGLE], y: [second, first, second] },
    now: mark([angle, curvature], `${place}<br>κ = ${numeral(curvature)}`),
  };
}

const names = (first, second, gap) => ({
  x: [-60, 0],
  y: [first + gap, second - gap],
  text: [`κ₁ = ${numeral(first, 3)}`, `κ₂ = ${numeral(second, 3)}`],
  textposition: ["top center", "bottom center"],
});

const nameOfBoth = (value, gap) => ({
  x: [0],
  y: [value + gap],
  text: [`κ₁ = κ₂ = ${numeral(value, 3)}`],
  textposition: "top center",
});

/** The round number next above; 0 for what is not positive. */
function roundAbove(value) {
  if (!(value > 0)) return 0;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * (ROUND.find((factor) => factor * power >= value) ?? 10);
}
