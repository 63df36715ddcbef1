/**
 * How far the tangent plane and the quadratic are off at a distance from the point.
 *
 * By Taylor's theorem, where f is smooth enough, the largest errors on the circle of radius r are
 * of the order r² and r³: halving r divides them by about 4 and 8.
 */

import { add, dot, scale } from "../../linear.js";
import * as m from "../../mathml.js";
import { numeral } from "../../numerals.js";
import { linspace } from "../../shapes.js";
import { areFinite, reading, withShown } from "../common.js";
import { NOTHING } from "../traces.js";

// On so many circles, in so many directions each.
const CIRCLES = 25;
const DIRECTIONS = 32;
// Of what is computed, so much is rounding; smaller errors are none.
const ROUNDING = 32 * Number.EPSILON;

const CIRCLE = Array.from({ length: DIRECTIONS }, (_, k) => {
  const angle = (2 * Math.PI * k) / DIRECTIONS;
  return [Math.cos(angle), Math.sin(angle)];
});
const LINE = [[1], [-1]];
// A power that stays within this factor of the errors cannot be told from them in the figure.
const SAME = 1.05;

/**
 * The largest errors at the distance r of the quadratic and of the plane: 0 where they are rounding,
 * NaN where f has no value somewhere on the circle.
 */
function largestErrors(problem, { whole, at, f, slope, quadratic }, radius) {
  const largest = { quadratic: 0, plane: 0 };
  let size = Math.abs(f);
  for (const ray of at.length === 1 ? LINE : CIRCLE) {
    const step = scale(ray, radius);
    const value = problem.functions(withShown(problem, whole, add(at, step))).f;
    const near = { quadratic: quadratic(step), plane: f + dot(slope, step) };
    if (!areFinite(value, near.quadratic)) return { quadratic: NaN, plane: NaN };
    for (const name of ["quadratic", "plane"]) {
      size = Math.max(size, Math.abs(value), Math.abs(near[name]));
      largest[name] = Math.max(largest[name], Math.abs(value - near[name]));
    }
  }
  const counted = (error) => (error > ROUNDING * size ? error : 0);
  return { quadratic: counted(largest.quadratic), plane: counted(largest.plane) };
}

/** The largest errors at r, and by what they are divided when r is halved. */
export function errorsAt(problem, here, radius) {
  const there = largestErrors(problem, here, radius);
  const halfway = largestErrors(problem, here, radius / 2);
  const falls = (name) => (halfway[name] > 0 ? there[name] / halfway[name] : NaN);
  return { ...there, radius, falls: { quadratic: falls("quadratic"), plane: falls("plane") } };
}

const approximations = ({ shown }) =>
  shown.length === 1
    ? { plane: "tangent", quadratic: "parabola" }
    : { plane: "tangent plane", quadratic: "quadratic" };

export function errorTraces(problem, here, { radius, ...errors }) {
  const [least, most] = problem.radii.map(Math.log10);
  const x = linspace(least, most, CIRCLES).map((power) => 10 ** power);
  const found = x.map((r) => largestErrors(problem, here, r));
  const curveOf = (name) => found.map((sizes) => (sizes[name] > 0 ? sizes[name] : null));
  const [quadratic, plane] = ["quadratic", "plane"].map(curveOf);
  const [square, cube] = [guide(x, plane, 2), guide(x, quadratic, 3)];
  const titles = approximations(problem);
  const named = (title, line, power) => (line.x.length ? `${title} (dashed: ${power})` : title);
  const meaning = (what) =>
    `${what}<br>r = %{x:.3~g}<br>largest error %{y:.3~g}<extra></extra>`;
  const marks = [errors.plane, errors.quadratic].filter((size) => size > 0);
  return {
    quadratic: { x, y: quadratic, hovertemplate: meaning(titles.quadratic) },
    plane: { x, y: plane, hovertemplate: meaning(titles.plane) },
    cube,
    square,
    names: names([
      [x, plane, named(titles.plane, square, "r²"), "top", 0.65],
      [x, quadratic, named(titles.quadratic, cube, "r³"), "bottom", 0.4],
    ]),
    marks: { x: marks.map(() => radius), y: marks },
  };
}

/** The multiple of rᵏ that agrees with the errors where they are smallest; none if it does all along. */
function guide(x, errors, power) {
  const from = errors.findIndex((size) => size !== null);
  if (from < 0) return NOTHING;
  const law = (r) => errors[from] * (r / x[from]) ** power;
  const isSame = errors.every((size, k) => size === null || Math.abs(Math.log(size / law(x[k]))) < Math.log(SAME));
  if (isSame) return NOTHING;
  const ends = [x[from], x.at(-1)];
  return { x: ends, y: ends.map(law) };
}

/** The name of each curve, over or under it; ``part``  how far along it. */
function names(curves) {
  const seen = curves.flatMap(([x, errors, text, upright, part]) => {
    const places = errors.flatMap((size, k) => (size === null ? [] : [k]));
    const place = places[Math.floor(part * places.length)];
    if (place === undefined) return [];
    // Beside a rising curve there is room on the left above it, and on the right below it.
    const isRight = place < (upright === "top" ? 0.3 : 0.6) * x.length;
    const side = `${upright} ${isRight ? "right" : "left"}`;
    return [{ x: x[place], y: errors[place], text, side }];
  });
  const all = (part) => seen.map((name) => name[part]);
  return { x: all("x"), y: all("y"), text: all("text"), textposition: all("side") };
}

export function errorReadings({ radius, falls, ...errors }) {
  const factors = [falls.plane, falls.quadratic].filter(Number.isFinite);
  const divided = factors.flatMap((fall) => [m.text("\u00a0and\u00a0"), m.num(fall, 3)]).slice(1);
  const which = ["", "the former", "them"][factors.length];
  return [
    reading("distance", m.equation(m.id("r"), m.num(radius, 3))),
    reading("largest error of first order", m.num(errors.plane)),
    reading("largest error of second order", m.num(errors.quadratic)),
    ...(which ? [reading(`halving r divides ${which} by`, ...divided)] : []),
  ];
}

export function errorWords(problem, { radius, falls, ...errors }) {
  const titles = approximations(problem);
  const there = `At the distance r = ${numeral(radius, 3)}`;
  if (Number.isNaN(errors.quadratic)) return `${there} the function has no value somewhere.`;
  if (errors.plane === 0) {
    return `${there} the ${titles.plane} has no error but rounding: so far the function is affine.`;
  }
  const size = (name) => {
    const fall = `, and at half of r ${numeral(falls[name], 3)} times less`;
    const off = `the ${titles[name]} is off by up to ${numeral(errors[name], 3)}`;
    return areFinite(falls[name]) ? off + fall : off;
  };
  if (errors.quadratic > 0) return `${there} ${size("quadratic")}; ${size("plane")}.`;
  return (
    `${there} the ${titles.quadratic} has no error but rounding: so far the function is ` +
    `quadratic itself; ${size("plane")}.`
  );
}
