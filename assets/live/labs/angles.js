/** Angles in degrees, from the first axis towards the second. */

const ROUNDING = 1e-12;

export const radians = (angle) => (angle * Math.PI) / 180;

/** The angle in [0, 360). */
export const turned = (angle) => ((angle % 360) + 360) % 360;

/** At which angle a vector stands. */
export const degrees = ([x, y]) => turned((Math.atan2(y, x) * 180) / Math.PI);

/** The value, or 0 if it is no more than rounding leaves of terms of this size. */
export const clean = (value, size = 1) => (Math.abs(value) < ROUNDING * size ? 0 : value);

/** (cos, sin), with 0 at right angles. */
export function unitVector(angle) {
  return [Math.cos(radians(angle)), Math.sin(radians(angle))].map((x) => clean(x));
}
