/** Slopes to one side, measured, for points at which a function may have no gradient. */

// Steps, as parts of the range: each a tenth of the one before.
const STEPS = [1e-4, 1e-5, 1e-6];
// Quotients that differ by more than this part of the usual slope have no limit in sight.
const SETTLED = 0.02;
const NOTHING = 1e-7;

/**
 * lim (f(t) − f(0))/t for t ↓ 0, or NaN where no limit shows: from three small steps, by Aitken's
 * Δ², which is exact for an error that goes as a power of t.
 */
export function slopeToOneSide(f, reach, usual) {
  const start = f(0);
  const [a, b, c] = STEPS.map((part) => (f(part * reach) - start) / (part * reach));
  const size = Math.max(Math.abs(c), usual);
  if (!(Math.abs(c - b) <= SETTLED * size)) return NaN;
  const bend = c - 2 * b + a;
  // Where the quotients agree to rounding there is nothing to extrapolate.
  const limit = Math.abs(bend) > NOTHING * size ? c - (c - b) ** 2 / bend : c;
  return Math.abs(limit) < NOTHING * size ? 0 : limit;
}

const CLOSE = 1e-3;

/** Whether the slopes by the angle in degrees are a cos + b sin, as a gradient (a, b) gives them. */
export function fitsOneGradient(along) {
  const [a, b] = [along(0), along(90)];
  const size = Math.max(Math.abs(a), Math.abs(b), Math.abs(along(180)), Math.abs(along(45)));
  for (let angle = 0; angle < 360; angle += 15) {
    const [x, y] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
    if (!(Math.abs(along(angle) - a * x - b * y) <= CLOSE * (size || 1))) return false;
  }
  return true;
}
