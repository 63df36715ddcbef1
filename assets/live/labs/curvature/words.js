/** What the curvature at a point is, in numbers and in words. */

import * as m from "../../mathml.js";
import { numeral } from "../../numerals.js";
import { areFinite, equations, reading, said } from "../common.js";

const kappa = (k) => m.sub(m.id("kappa"), m.num(k));
const square = (content) => m.sup(content, m.num(2));
const onePlus = (content) => m.row(m.num(1), m.op("+"), content);
const half = (content) => m.row(m.fenced(content), m.op("/"), m.num(2));
const equal = (...parts) => m.row(...parts.flatMap((part) => [m.op("="), part]).slice(1));

// ── surfaces ────────────────────────────────────────────────────────────────────────────────────

export function readings(problem, here, isKnown) {
  const nabla = m.row(m.op("∇"), m.id(problem.letter));
  const isSlice = here.whole.length > here.at.length;
  const slope = reading(
    isSlice ? "gradient in the slice" : "gradient",
    equal(nabla, m.rowVector(here.slope)),
  );
  if (!isKnown) return [];
  return [slope, ...ofShape(here), ...alongDirection(here, nabla)];
}

function ofShape(here) {
  const [first, second] = here.values;
  const along = (k) => (here.isUmbilic ? [] : [m.op(","), m.tuple(unit(here.directions[k]), 3)]);
  const [product, sum] = [m.row(kappa(1), kappa(2)), m.row(kappa(1), m.op("+"), kappa(2))];
  return [
    reading("first principal curvature", equal(kappa(1), m.num(first)), ...along(0)),
    reading("second principal curvature", equal(kappa(2), m.num(second)), ...along(1)),
    reading("Gaussian curvature", equal(m.id("K"), product, m.num(first * second))),
    reading("mean curvature", equal(m.id("M"), half(sum), m.num((first + second) / 2))),
    said("so the point is", kind(here)),
  ];
}

const unit = ([x, y]) => [x / Math.hypot(x, y), y / Math.hypot(x, y)];

/** The normal curvature beside vᵀHv, by what that is divided to be it. */
function alongDirection({ curvature, second, slope: [p, q], v }, nabla) {
  const form = m.row(m.sup(m.id("v"), m.op("T")), m.id("H"), m.id("v"));
  const rise = m.fenced(m.row(nabla, m.id("v")));
  const divisor = m.row(m.root(onePlus(square(m.bars(nabla)))), m.fenced(onePlus(square(rise))));
  const ratio = Math.hypot(1, p, q) * (1 + (p * v[0] + q * v[1]) ** 2);
  const radius = m.row(m.num(1), m.op("/"), m.bars(m.id("kappa")));
  return [
    reading("normal curvature along v", equal(m.id("kappa"), m.num(curvature))),
    reading("second derivative along v", equal(form, m.num(second))),
    reading("their ratio", equal(divisor, m.num(ratio))),
    reading("radius of the circle", equal(radius, m.num(1 / Math.abs(curvature)))),
  ];
}

function kind({ values: [first, second], isUmbilic }) {
  if (first === 0 && second === 0) return "planar: both principal curvatures are 0";
  if (first * second < 0) return "hyperbolic, K < 0: bent to both sides";
  if (first * second === 0) return "parabolic, K = 0: not bent along one principal direction";
  const round = isUmbilic ? ", and umbilic: the same in every direction" : "";
  return `elliptic, K > 0: bent to one side${round}`;
}

export function words(problem, here, state, hasZeros) {
  return {
    surface: inSpace(problem, here),
    map: inPlane(problem, here, state, hasZeros),
    section: inSection(here),
    euler: asItTurns(here),
  };
}

function inSpace(problem, here) {
  const [first, second] = here.values;
  return (
    `At ${equations(problem, here.whole)} the surface has Gaussian curvature ` +
    `K = ${numeral(first * second)} and mean curvature M = ${numeral((first + second) / 2)}: ` +
    `it is ${kind(here)}.`
  );
}

function inPlane(problem, here, { shade, turn }, hasZeros) {
  const size = numeral(problem.sizes[shade === "mean" ? "mean" : "gaussian"], 2);
  const zeros = hasZeros ? "; along the grey line it is 0" : "";
  return (
    `Blue is negative, orange positive, from −${size} to ${size}${zeros}. ` +
    `v points to ${numeral(turn, 3)}°. ${crosses(here)}`
  );
}

/** Whether the principal directions are those of H, the dotted cross. */
function crosses({ slope: [p, q], isUmbilic }) {
  if (isUmbilic) return "Every direction is principal.";
  return p === 0 && q === 0
    ? "The gradient is 0: the principal directions are the eigenvectors of H."
    : "The principal directions are seen from above; dotted are the eigenvectors of H.";
}

function inSection({ curvature }) {
  if (curvature === 0) {
    return "Along v the section does not bend at the point: κ = 0, its circle is a straight line.";
  }
  const circle = `its circle of radius ${numeral(1 / Math.abs(curvature), 3)}`;
  return `Along v the section bends ${way(curvature)} as ${circle}: κ = ${numeral(curvature)}.`;
}

const way = (curvature) => (curvature > 0 ? "up" : "down");

function asItTurns({ values: [first, second], isUmbilic }) {
  return isUmbilic
    ? `The normal curvature is ${numeral(first)} in every direction.`
    : `The normal curvature goes from κ₁ = ${numeral(first)} to κ₂ = ${numeral(second)}, ` +
        "a right angle further.";
}

// ── curves ──────────────────────────────────────────────────────────────────────────────────────

export function curveReadings(problem, { slope, second, curvature }) {
  if (!areFinite(curvature)) return [];
  const derivative = (sign) => m.sup(m.id(problem.letter), m.op(sign));
  return [
    reading("slope", equal(derivative("′"), m.num(slope))),
    reading("second derivative", equal(derivative("″"), m.num(second))),
    reading("curvature", equal(m.id("kappa"), m.num(curvature))),
    reading("radius of the circle", m.num(1 / Math.abs(curvature))),
  ];
}

export function curveWords(problem, { at, curvature, second }) {
  const place = `At ${equations(problem, at)}`;
  const numbers = `the curvature is ${numeral(curvature)}, the second derivative ${numeral(second)}`;
  const circle = `as the circle of radius ${numeral(1 / Math.abs(curvature), 3)}`;
  return {
    curve:
      curvature === 0
        ? `${place} the curve does not bend: its circle is the tangent.`
        : `${place} the curve bends ${way(curvature)} ${circle}.`,
    along: `${place} ${numbers}.`,
  };
}
