/** A function of one variable: the circle that lies closest to its graph, and the curvature. */

import { curveCurvature, lifted, normal } from "../../curvature.js";
import { numeral } from "../../numerals.js";
import { equations, handleOnCurve } from "../common.js";
import { NOTHING, blank, flatPoints, mark } from "../traces.js";
import { circlePoints } from "./section.js";
import { curveReadings, curveWords } from "./words.js";

const NOWHERE = blank(["circle", "radius", "centre", "point"]);

export function ofCurve(problem, state, isKnown) {
  const { f, gradient, hessian } = problem.functions(state.at);
  const [[slope], [second]] = [gradient, hessian];
  const here = { f, slope, second, at: state.at, curvature: curveCurvature(slope, second) };
  const onCurve = (id, figure, height) => ({ ...handleOnCurve(problem, state, figure, height), id });
  return {
    traces: {
      curve: isKnown ? circle(problem, here) : NOWHERE,
      along: { point: isKnown ? { x: here.at, y: [here.curvature] } : NOTHING },
    },
    readings: curveReadings(problem, here),
    words: curveWords(problem, here),
    handles: [onCurve("at", "curve", f), onCurve("along", "along", here.curvature)],
  };
}

function circle(problem, here) {
  const [tangent, up] = [lifted([here.slope], [1]), normal([here.slope])];
  const foot = [here.at[0], here.f];
  const place = ([a, b]) => foot.map((x, k) => x + a * tangent[k] + b * up[k]);
  const centre = here.curvature === 0 ? null : place([0, 1 / here.curvature]);
  const text = `the point ${equations(problem, here.at)}<br>κ = ${numeral(here.curvature)}`;
  return {
    circle: flatPoints(circlePoints(problem, here).map(place)),
    radius: centre ? flatPoints([foot, centre]) : NOTHING,
    centre: centre ? flatPoints([centre]) : NOTHING,
    point: mark(foot, text),
  };
}
