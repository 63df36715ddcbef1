/** The second order at a point: the quadratic beside f, its level curves, and its largest errors. */

import { add, norm, scale, subtract } from "../linear.js";
import { numeral, vector } from "../numerals.js";
import { bending, submatrix, taylor } from "../quadratic.js";
import { ellipse, linspace, surface as onGrid } from "../shapes.js";
import { errorReadings, errorTraces, errorWords, errorsAt } from "./bending/errors.js";
import { centreOf, readings, words } from "./bending/words.js";
import {
  areFinite,
  clamp,
  handleOnCurve,
  hasHessian,
  inSight,
  pointAndValue,
  pointHandle,
  shownPart,
  spans,
  undefinedHere,
  withShown,
} from "./common.js";
import { NOTHING, flatPoints, mark } from "./traces.js";

// As in calc_core/geometry/sampling.py and calc_core/figures/space.py.
const NEAR = 0.17;
const PATCH = 25;
const ALONG = 41;
const LIFT = 0.02;
// Points along an axis for the level curves of the quadratic, which are smooth.
const LEVELS = 41;
const PARABOLA = 121;
// A centre that is so many figures away is as good as none.
const FARTHEST = 1e4;
const ROUND = 72;

export function draw(problem, state) {
  const here = second(problem, state.at);
  const isCurve = problem.shown.length === 1;
  // The small stage beside a derivation has no circle.
  const errors = state.radius === undefined ? null : errorsAt(problem, here, state.radius);
  return inSight(problem, state, {
    traces: {
      ...(isCurve ? { curve: curve(problem, here, state) } : graphs(problem, here, state)),
      ...(errors ? { error: errorTraces(problem, here, errors) } : {}),
    },
    readings: [...readings(problem, here), ...(errors && hasHessian(here) ? errorReadings(errors) : [])],
    words: hasHessian(here)
      ? { ...words(problem, here), ...(errors ? { error: errorWords(problem, errors) } : {}) }
      : {},
    handles: handles(problem, state, here, errors),
    picks: { surface: ([x, y]) => pointHandle(problem, state, "surface").move([x, y]) },
    ...(hasHessian(here) ? {} : undefinedHere(problem, state, hasHessian)),
  });
}

/** f and its derivatives at the point, whole and along the axes shown. */
function second(problem, at) {
  const { f, gradient, hessian } = problem.functions(at);
  const slope = shownPart(problem, gradient);
  const H = submatrix(hessian, at.length, problem.shown);
  return {
    f,
    gradient,
    hessian,
    whole: at,
    at: shownPart(problem, at),
    slope,
    H,
    bent: bending(H, slope.length),
    quadratic: taylor(f, slope, H),
  };
}

const meaning = (problem, { whole, f }) => pointAndValue(problem, whole, f);

// ── handles ─────────────────────────────────────────────────────────────────────────────────────

function handles(problem, state, here, errors) {
  if (problem.shown.length === 1) {
    const point = handleOnCurve(problem, state, "curve", here.f);
    return [point, ...distanceHandle(problem, state, errors)];
  }
  return [
    pointHandle(problem, state, "levels"),
    ...(state.radius === undefined ? [] : [rimHandle(problem, state, here)]),
    ...distanceHandle(problem, state, errors),
  ];
}

const withRadius = ({ radii: [least, most] }, state, radius) => ({
  ...state,
  radius: clamp(radius, least, most),
});

/** On the circle, between the principal directions, on that side which is in sight. */
function rimHandle(problem, state, { at: [x, y], bent }) {
  const [u, v] = areFinite(bent.values) ? add(...bent.vectors) : [1, 1];
  const reach = state.radius / Math.hypot(u, v);
  const ends = [1, -1].map((way) => [x + way * reach * u, y + way * reach * v]);
  const isSeen = (place) =>
    problem.ranges.every(([low, high], k) => place[k] >= low && place[k] <= high);
  return {
    id: "rim",
    figure: "levels",
    at: ends.find(isSeen) ?? ends[0],
    label: "The circle",
    text: `radius ${numeral(state.radius, 3)}`,
    shape: "corner",
    move: (place) => withRadius(problem, state, Math.hypot(place[0] - x, place[1] - y)),
  };
}

/** On the curve of errors; there is none where nothing is in error. */
function distanceHandle(problem, state, errors) {
  const error = errors && [errors.quadratic, errors.plane].find((size) => size > 0);
  if (!error) return [];
  return [
    {
      id: "radius",
      figure: "error",
      at: [state.radius, error],
      label: "The distance r",
      text: `r = ${numeral(state.radius, 3)}`,
      move: ([radius]) => withRadius(problem, state, radius),
    },
  ];
}

// ── the graph ───────────────────────────────────────────────────────────────────────────────────

function graphs(problem, here, state) {
  return { surface: surface(problem, here, state), levels: levels(problem, here, state) };
}

/** The patch of the quadratic surface, its rim, and the curves over the principal directions. */
function surface(problem, here, { radius }) {
  const [xs, ys] = patch(problem, here.at);
  const height = (x, y) => here.quadratic([x - here.at[0], y - here.at[1]]);
  const [left, right, low, high] = [xs[0], xs.at(-1), ys[0], ys.at(-1)];
  const around = [
    ...ys.map((y) => [left, y]),
    ...xs.map((x) => [x, high]),
    ...ys.map((y) => [right, y]).reverse(),
    ...xs.map((x) => [x, low]).reverse(),
  ];
  const kind = `quadratic surface: ${here.bent.kind}<br>value %{z:.4~g}<extra></extra>`;
  return {
    quadratic: { x: xs, y: ys, z: onGrid(height, xs, ys), hovertemplate: kind },
    rim: inSpace(around, height, 0),
    ring: radius === undefined ? {} : ring(problem, here, radius),
    ...principal(problem, here, (points) => inSpace(points, height, lift(problem))),
    point: mark([...here.at, here.f], meaning(problem, here)),
  };
}

const patch = (problem, at) =>
  spans(problem).map((span, k) => linspace(at[k] - NEAR * span, at[k] + NEAR * span, PATCH));

const lift = ({ visible: [low, high] }) => LIFT * (high - low);

const inSpace = (points, height, above) => ({
  x: points.map(([x]) => x),
  y: points.map(([, y]) => y),
  z: points.map(([x, y]) => height(x, y) + above),
});

/** The circle of radius r on the graph of f. */
function ring(problem, { whole, at }, radius) {
  const { x, y } = ellipse(at, [radius, 0], [0, radius], ROUND);
  const value = (u, v) => problem.functions(withShown(problem, whole, [u, v])).f;
  return inSpace(x.map((u, k) => [u, y[k]]), value, lift(problem));
}

/** What is drawn over each principal direction, as far as the patch reaches. */
function principal(problem, { at, bent }, drawn) {
  const lengths = spans(problem);
  const [first, other] = bent.vectors.map((direction, k) => {
    const reach = Math.min(
      ...direction.map((part, i) => (NEAR * lengths[i]) / Math.max(Math.abs(part), 1e-9)),
    );
    const points = linspace(-reach, reach, ALONG).map((t) => add(at, scale(direction, t)));
    const value = bent.values[k];
    const way = value > 0 ? "bends up" : value < 0 ? "bends down" : "does not bend";
    return {
      ...drawn(points),
      hovertemplate:
        `principal direction ${vector(direction, 3)}<br>${way}: second derivative ` +
        `${numeral(value)}<extra></extra>`,
    };
  });
  return { first, second: other };
}

// ── level curves ────────────────────────────────────────────────────────────────────────────────

function levels(problem, here, { radius }) {
  const [xs, ys] = problem.ranges.map(([low, high]) => linspace(low, high, LEVELS));
  const height = (x, y) => here.quadratic([x - here.at[0], y - here.at[1]]);
  const lines = principal(problem, here, flatPoints);
  const ends = [lines.first, lines.second];
  return {
    quadratic: { x: xs, y: ys, z: onGrid(height, xs, ys) },
    ...centreAndAxes(problem, here),
    circle: radius === undefined ? {} : ellipse(here.at, [radius, 0], [0, radius], ROUND),
    ...lines,
    names: {
      x: ends.map(({ x }) => x.at(-1)),
      y: ends.map(({ y }) => y.at(-1)),
      text: ["<b>λ₁</b>", "<b>λ₂</b>"],
      textposition: "top right",
    },
    point: mark(here.at, meaning(problem, here)),
  };
}

/** The point about which the level curves of the quadratic lie, and their two axes through it. */
function centreAndAxes(problem, here) {
  const centre = centreOf(here);
  const away = centre && norm(subtract(centre, here.at));
  if (!centre || away > FARTHEST * norm(spans(problem))) return { centre: NOTHING, axes: NOTHING };
  const far = norm(spans(problem)) + away;
  const [x, y] = [0, 1].map((k) =>
    here.bent.vectors.flatMap((v) => [centre[k] - far * v[k], centre[k] + far * v[k], null]),
  );
  const step = "there the quadratic is level: a step of Newton’s method leads there";
  return { centre: mark(centre, `centre ${vector(centre)}<br>${step}`), axes: { x, y } };
}

// ── one variable ────────────────────────────────────────────────────────────────────────────────

function curve(problem, here, { radius }) {
  const xs = linspace(...problem.ranges[0], PARABOLA);
  const second = numeral(here.H[0]);
  return {
    parabola: {
      x: xs,
      y: xs.map((x) => here.quadratic([x - here.at[0]])),
      hovertemplate: `second-order Taylor polynomial<br>f″ = ${second}<extra></extra>`,
    },
    gap: radius === undefined ? {} : gap(problem, here, radius),
    point: mark([...here.at, here.f], `${meaning(problem, here)}<br>f″ = ${second}`),
  };
}

/** The error at the distance r on both sides, upright between the curve and the parabola. */
function gap(problem, { at: [x], quadratic }, radius) {
  const steps = [-radius, radius];
  return {
    x: steps.flatMap((step) => [x + step, x + step, null]),
    y: steps.flatMap((step) => [problem.functions([x + step]).f, quadratic([step]), null]),
  };
}
