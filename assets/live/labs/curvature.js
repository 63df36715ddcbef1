/** The curvature of the graph: by colour, in the normal section along v, and as v turns. */

import {
  angleFromFirst,
  directionAt,
  isUmbilic,
  lifted,
  normal,
  normalCurvature,
  principalCurvatures,
} from "../curvature.js";
import { numeral } from "../numerals.js";
import { secondDerivative, submatrix } from "../quadratic.js";
import { degrees as angleOf, radians, unitVector } from "./angles.js";
import { clamp, hasHessian, inSight, pointHandle, shownPart, undefinedHere } from "./common.js";
import { ofCurve } from "./curvature/curve.js";
import { euler, RIGHT_ANGLE } from "./curvature/euler.js";
import { ahead, back, plane } from "./curvature/plane.js";
import { section, sectionPoints } from "./curvature/section.js";
import { zeroCurve } from "./curvature/shades.js";
import { space } from "./curvature/space.js";
import { readings, words } from "./curvature/words.js";

// Beside the largest curvature this is 0.
const RELATIVE_ZERO = 1e-9;

export function draw(problem, state) {
  const isKnown = hasHessian(problem.functions(state.at));
  const draw = problem.shown.length === 1 ? ofCurve : ofSurface;
  const drawn = draw(problem, state, isKnown);
  const nothing = isKnown ? {} : { words: {}, ...undefinedHere(problem, state, hasHessian) };
  return inSight(problem, state, { ...drawn, ...nothing });
}

/** The direction turns half round: after that the normal sections are the same again. */
export function play(problem, state, part) {
  return { ...state, turn: (state.turn + 180 * part) % 360 };
}

function ofSurface(problem, state, isKnown) {
  const here = shape(problem, state);
  if (isKnown) here.section = sectionPoints(problem, here);
  const hasZeros = zeroCurve(problem, state).x.length > 0;
  return {
    traces: {
      surface: space(problem, state, here, isKnown),
      map: plane(problem, state, here, isKnown),
      section: section(problem, here, isKnown),
      euler: euler(here, isKnown),
    },
    readings: readings(problem, here, isKnown),
    words: isKnown ? words(problem, here, state, hasZeros) : {},
    handles: handles(problem, state, here, isKnown),
    picks: { surface: ([x, y]) => pointHandle(problem, state, "map").move([x, y]) },
  };
}

/** All that is known of the graph at the point, and along v. */
function shape(problem, { at: whole, turn }) {
  const { f, gradient, hessian } = problem.functions(whole);
  const slope = shownPart(problem, gradient);
  const H = submatrix(hessian, whole.length, problem.shown);
  const v = unitVector(turn);
  const { values, directions } = principalCurvatures(slope, H);
  const curvature = normalCurvature(slope, H, v);
  const isZero = Math.abs(curvature) <= RELATIVE_ZERO * Math.max(...values.map(Math.abs));
  return {
    f,
    whole,
    at: shownPart(problem, whole),
    slope,
    H,
    v,
    values,
    directions,
    curvature: isZero ? 0 : curvature,
    angle: (angleFromFirst(slope, directions, v) * 180) / Math.PI,
    second: secondDerivative(H, v),
    isUmbilic: isUmbilic(values),
    tangent: lifted(slope, v),
    normal: normal(slope),
  };
}

// ── handles ─────────────────────────────────────────────────────────────────────────────────────

function handles(problem, state, here, isKnown) {
  const point = pointHandle(problem, state, "map");
  return isKnown ? [point, dial(problem, state, here), onEuler(state, here)] : [point];
}

/** At the end of the direction, or at the other end where the first is out of sight. */
function dial(problem, state, here) {
  const end = ahead(problem, here);
  const isSeen = end.every((x, k) => x >= problem.ranges[k][0] && x <= problem.ranges[k][1]);
  return {
    id: "dial",
    figure: "map",
    at: isSeen ? end : back(problem, here),
    label: "The direction v",
    text: `${numeral(state.turn, 3)}°`,
    shape: "corner",
    move: (place) => {
      const way = place.map((x, k) => (isSeen ? x - here.at[k] : here.at[k] - x));
      return way[0] === 0 && way[1] === 0 ? state : { ...state, turn: angleOf(way) };
    },
  };
}

function onEuler(state, here) {
  return {
    id: "angle",
    figure: "euler",
    at: [here.angle, here.curvature],
    label: "The angle of v from the first principal direction",
    text: `${numeral(here.angle, 3)}°, curvature ${numeral(here.curvature)}`,
    move: ([phi]) => {
      const inside = clamp(phi, -RIGHT_ANGLE, RIGHT_ANGLE);
      return { ...state, turn: angleOf(directionAt(here.directions, radians(inside))) };
    },
  };
}
