/**
 * The second order of a function at a point: its Taylor polynomial, how that bends, and what the
 * second derivatives say of the point.  The words and the bounds are those of
 * calc_core/geometry/curvature.py.
 */

import { dot, eigenSymmetric, norm, solve } from "./linear.js";

// An eigenvalue this much smaller than the largest cannot be told from 0 in floating point.
const RELATIVE_ZERO = 1e-9;
const ABSOLUTE_ZERO = 1e-12;
// A gradient this short, compared with the bending, is 0 but for rounding.
const LEVEL = 1e-9;
// A point is kept to six digits: where rounding it explains a gradient, that counts as 0 as well.
const LAST_DIGIT = 5e-6;

/** s ↦ f + ∇f s + ½ sᵀHs, for steps s from the point; H is flat. */
export function taylor(f, gradient, H) {
  const n = gradient.length;
  return (step) => {
    let sum = f;
    for (let i = 0; i < n; i++) {
      let bent = 0;
      for (let j = 0; j < n; j++) bent += H[i * n + j] * step[j];
      sum += (gradient[i] + bent / 2) * step[i];
    }
    return sum;
  };
}

/** vᵀHv: for a unit vector v the second derivative of f along v. */
export function secondDerivative(H, v) {
  const n = v.length;
  return v.reduce((sum, entry, i) => sum + entry * dot(v, H.slice(i * n, (i + 1) * n)), 0);
}

/** The entries of an n×n matrix in the rows and columns chosen. */
export const submatrix = (H, n, places) => places.flatMap((i) => places.map((j) => H[i * n + j]));

/**
 * The eigenvalues λ₁ ≥ λ₂ ≥ … of a symmetric H, 0 where that is all that can be said of them, the
 * unit vectors that belong to them, and the kind of its quadratic form.
 */
export function bending(H, n) {
  const { values, vectors } = eigenSymmetric(H, n);
  const zero = zeroOf(values);
  return {
    values: values.map((value) => (Math.abs(value) <= zero ? 0 : value)),
    vectors,
    kind: kindOf(values),
  };
}

function zeroOf(values) {
  return Math.max(RELATIVE_ZERO * Math.max(...values.map(Math.abs)), ABSOLUTE_ZERO);
}

/** bowl up, bowl down, saddle, trough, ridge, flat or undefined. */
export function kindOf(values) {
  if (!values.every(Number.isFinite)) return "undefined";
  const zero = zeroOf(values);
  const up = values.some((value) => value > zero);
  const down = values.some((value) => value < -zero);
  const isFlatSomewhere = values.some((value) => Math.abs(value) <= zero);
  if (up && down) return "saddle";
  if (up) return isFlatSomewhere ? "trough" : "bowl up";
  if (down) return isFlatSomewhere ? "ridge" : "bowl down";
  return "flat";
}

const AT_A_CRITICAL_POINT = {
  "bowl up": "a local minimum",
  "bowl down": "a local maximum",
  saddle: "a saddle point",
};

/**
 * What the second-derivative test says of a point, in words.  It may be asked where the gradient
 * is 0, and is silent where an eigenvalue is 0, unless two others have different signs.
 */
export function secondDerivativeTest(gradient, { values, kind }, at) {
  const slope = Math.max(...gradient.map(Math.abs));
  const bends = Math.max(...values.map(Math.abs));
  const exactly = LEVEL * Math.max(1, bends);
  if (!(slope <= exactly + LAST_DIGIT * bends * Math.max(1, norm(at)))) {
    return "not critical, since the gradient is not 0";
  }
  const digits = slope <= exactly ? "" : ", to the digits that the point has";
  const found = AT_A_CRITICAL_POINT[kind];
  if (found) return found + digits;
  return `critical${digits}, but undecided: with an eigenvalue 0 the second-derivative test is silent`;
}

/** The step to where the Taylor polynomial is level, −H⁻¹∇fᵀ; null where H is singular. */
export function stepToCentre(gradient, H) {
  return solve(H, gradient.length, gradient.map((slope) => -slope));
}
