/**
 * What the code of calc_core/evaluate/javascript.py calls: functions of real numbers that
 * JavaScript has not, or has otherwise than NumPy.  Outside its domain a function is NaN.
 *
 * DLMF is the NIST Digital Library of Mathematical Functions, https://dlmf.nist.gov.
 */

// ── powers, roots, logarithms ───────────────────────────────────────────────────────────────────

/** u^p as NumPy has it: 1 to any power is 1, and so is −1 to an infinite one; u^½ is √u. */
export function power(u, p) {
  if (p === 0.5) return Math.sqrt(u);
  return u === 1 || (u === -1 && Math.abs(p) === Infinity) ? 1 : u ** p;
}

/** The n-th root; an odd root of a negative number is the real one. */
export function root(u, n) {
  return Math.abs(n % 2) === 1 ? sign(u) * power(Math.abs(u), 1 / n) : power(u, 1 / n);
}

/** The logarithm of u to a base. */
export function log(u, base) {
  return Math.log(u) / Math.log(base);
}

// ── circular and hyperbolic functions, and their inverses ───────────────────────────────────────

export const sec = (u) => 1 / Math.cos(u);
export const csc = (u) => 1 / Math.sin(u);
export const cot = (u) => 1 / Math.tan(u);
export const acot = (u) => Math.PI / 2 - Math.atan(u);
export const asec = (u) => Math.acos(1 / u);
export const acsc = (u) => Math.asin(1 / u);
export const sech = (u) => 1 / Math.cosh(u);
export const csch = (u) => 1 / Math.sinh(u);
export const coth = (u) => 1 / Math.tanh(u);
export const acoth = (u) => Math.atanh(1 / u);
export const asech = (u) => Math.acosh(1 / u);
export const acsch = (u) => Math.asinh(1 / u);

// ── steps, and smooth ones ──────────────────────────────────────────────────────────────────────

/** −1, 0 or 1; of −0 it is 0. */
export function sign(u) {
  return Math.sign(u) + 0;
}

export const heaviside = (u) => (1 + sign(u)) / 2;
export const relu = (u) => Math.max(u, 0);
export const sigmoid = (u) => 1 / (1 + Math.exp(-u));
export const softplus = (u) => Math.max(u, 0) + Math.log1p(Math.exp(-Math.abs(u)));

// ── the error function ──────────────────────────────────────────────────────────────────────────
// W. J. Cody, "Rational Chebyshev approximations for the error function", Math. Comp. 23 (1969),
// 631–637: the coefficients of the three ranges, from the highest power down.

const NEAR = 0.46875;
const FAR = 4;

const NEAR_TOP = [
  1.85777706184603153e-1, 3.1611237438705656, 1.13864154151050156e2, 3.77485237685302021e2,
  3.20937758913846947e3,
];
const NEAR_BOTTOM = [
  1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3,
];
const MIDDLE_TOP = [
  2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594, 6.61191906371416295e1,
  2.98635138197400131e2, 8.8195222124176909e2, 1.71204761263407058e3, 2.05107837782607147e3,
  1.23033935479799725e3,
];
const MIDDLE_BOTTOM = [
  1, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3,
  3.29079923573345963e3, 4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3,
];
const FAR_TOP = [
  1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1,
  1.60837851487422766e-2, 6.58749161529837803e-4,
];
const FAR_BOTTOM = [
  1, 2.56852019228982242, 1.87295284992346725, 5.27905102951428412e-1, 6.05183413124413191e-2,
  2.33520497626869185e-3,
];

/** The polynomial with these coefficients, the highest power first. */
function polynomial(coefficients, x) {
  let value = 0;
  for (const coefficient of coefficients) value = value * x + coefficient;
  return value;
}

function erfNear(x) {
  const square = x * x;
  return (x * polynomial(NEAR_TOP, square)) / polynomial(NEAR_BOTTOM, square);
}

/** erfc(x) for x > NEAR. */
function erfcTail(x) {
  if (x > 28) return 0;
  return gaussian(x) * (x <= FAR ? middle(x) : far(x));
}

const middle = (x) => polynomial(MIDDLE_TOP, x) / polynomial(MIDDLE_BOTTOM, x);

function far(x) {
  const y = 1 / (x * x);
  return (1 / Math.sqrt(Math.PI) - (y * polynomial(FAR_TOP, y)) / polynomial(FAR_BOTTOM, y)) / x;
}

/** exp(−x²), with x cut to sixteenths so that the large part of x² is exact. */
function gaussian(x) {
  const cut = Math.trunc(16 * x) / 16;
  return Math.exp(-cut * cut) * Math.exp(-(x - cut) * (x + cut));
}

export function erf(x) {
  if (!(Math.abs(x) > NEAR)) return erfNear(x);
  return x > 0 ? 1 - erfcTail(x) : erfcTail(-x) - 1;
}

export function erfc(x) {
  if (!(Math.abs(x) > NEAR)) return 1 - erfNear(x);
  return x > 0 ? erfcTail(x) : 2 - erfcTail(-x);
}

// ── the zeta function of Hurwitz ────────────────────────────────────────────────────────────────

// Bernoulli's numbers B₂, B₄, …, B₂₄ (DLMF Table 24.2.1).
const BERNOULLI = [
  1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510, 43867 / 798,
  -174611 / 330, 854513 / 138, -236364091 / 2730,
];

/** Σ 1/(a + n)^s over n = 0, 1, … for s = 2, 3, …; terms with a + n < 0 are summed backwards. */
function zeta(s, a) {
  if (a > 0) return zetaRight(s, a);
  const steps = Math.ceil(-a);
  const first = a + steps;
  if (first === 0) return Infinity;
  // Not 1 − first, in which a small number would be rounded away.
  const left = -(a + (steps - 1));
  const sign = s % 2 === 0 ? 1 : -1;
  // In this order the largest terms, which for an odd s may cancel, cancel first.
  return zetaRight(s, first) + sign * zetaRight(s, left) - sign * zetaRight(s, 1 - a);
}

/** Euler's and Maclaurin's formula, from a + n > 10 + s on (DLMF 25.11.7). */
function zetaRight(s, a) {
  if (a === Infinity) return 0;
  let sum = 0;
  let last = a;
  // For a larger s the factorial beside the sum is infinite, and no digit of the sum matters.
  const end = 10 + Math.min(s, 172);
  for (let n = 1; last <= end; n += 1) {
    sum += last ** -s;
    last = a + n;
  }
  const edge = last ** -s;
  return sum + (last ** (1 - s) / (s - 1) + edge / 2 + zetaEdge(s, last, edge));
}

function zetaEdge(s, a, edge) {
  let sum = 0;
  let factor = (s * edge) / (2 * a);
  BERNOULLI.forEach((number, i) => {
    const k = 2 * i + 2;
    sum += number * factor;
    factor *= ((s + k - 1) * (s + k)) / ((k + 1) * (k + 2) * a * a);
  });
  return sum;
}

// ── the gamma function ──────────────────────────────────────────────────────────────────────────

const EULER = 0.5772156649015329;
const LOG_ROOT_TWO_PI = 0.9189385332046728;
// Γ is larger than any number from here on.
const LARGEST = 171.6243769563027;
// From here on the asymptotic series has all digits.
const LARGE = 12;

/** The numbers term(count), …, term(1), term(0): the coefficients of a polynomial. */
function descending(count, term) {
  return Array.from({ length: count + 1 }, (_, i) => term(count - i));
}

// ln Γ(2 + z) = (1 − γ) z + Σ (−1)^k (ζ(k) − 1) z^k/k over k = 2, 3, …  (DLMF 5.7.3 with 5.5.1).
const NEAR_TWO = descending(28, (k) => {
  if (k < 2) return k * (1 - EULER);
  return ((k % 2 === 0 ? 1 : -1) * zeta(k, 2)) / k;
});

const logGammaNearTwo = (z) => polynomial(NEAR_TWO, z);

// ln Γ(x) = (x − ½) ln x − x + ln √(2π) + Σ B₂ₖ/(2k (2k − 1) x^(2k−1))  (DLMF 5.11.1).
const STIRLING = descending(8, (i) => BERNOULLI[i] / ((2 * i + 1) * (2 * i + 2)));

const stirlingRest = (x) => polynomial(STIRLING, 1 / (x * x)) / x;

function stirling(x) {
  // The power is taken in two halves, for it can be too large where Γ is not.
  const half = x ** (x / 2 - 0.25);
  return half * Math.exp(-x) * half * Math.exp(LOG_ROOT_TWO_PI + stirlingRest(x));
}

/** [p, z] with Γ(x) = p Γ(2 + z) and |z| ≤ ½, for 0 < x < LARGE (DLMF 5.5.1). */
function nearTwo(x) {
  let product = 1;
  let y = x;
  while (y > 2.5) {
    y -= 1;
    product *= y;
  }
  if (y >= 1.5) return [product, y - 2];
  return y < 0.5 ? [1 / (y * (y + 1)), y] : [1 / y, y - 1];
}

function gammaRight(x) {
  if (x >= LARGE) return x > LARGEST ? Infinity : stirling(x);
  const [product, z] = nearTwo(x);
  return z === 0 ? product : product * Math.exp(logGammaNearTwo(z));
}

/** sin πx, which is exactly 0 at whole numbers. */
function sinPi(x) {
  const whole = Math.round(x);
  const sine = Math.sin(Math.PI * (x - whole));
  return whole % 2 === 0 ? sine : -sine;
}

const isPole = (x) => x <= 0 && Math.floor(x) === x;

/** Γ(x), by reflection left of 0 (DLMF 5.5.3); NaN at −1, −2, …, where both signs are near. */
export function gamma(x) {
  if (x > 0) return gammaRight(x);
  if (x === 0) return 1 / x;
  return isPole(x) ? NaN : -Math.PI / x / (sinPi(x) * gammaRight(-x));
}

export const factorial = (x) => gamma(x + 1);

function logGammaRight(x) {
  if (x === Infinity) return x;
  if (x >= LARGE) return (x - 0.5) * Math.log(x) - x + LOG_ROOT_TWO_PI + stirlingRest(x);
  if (x < 0.5) return logGammaNearTwo(x) - Math.log1p(x) - Math.log(x);
  if (x < 1.5) return logGammaNearTwo(x - 1) - Math.log1p(x - 1);
  const [product, z] = nearTwo(x);
  return Math.log(product) + logGammaNearTwo(z);
}

/** ln Γ(x) for x > 0. */
export function loggamma(x) {
  return x > 0 ? logGammaRight(x) : NaN;
}

// ── its logarithmic derivatives ─────────────────────────────────────────────────────────────────

// The zero of ψ right of 0 (DLMF Table 5.4.1), and what a double leaves of it.
const ROOT = 1.4616321449683622;
const ROOT_REST = 9.549995429965697e-17;
const NEAR_ROOT = 0.3;

// ψ(x) = Σ (−1)^(k+1) ζ(k + 1, r) (x − r)^k over k = 1, 2, … about the zero r, which is Taylor's
// series with the derivatives of DLMF 25.11.12.
const ABOUT_ROOT = descending(24, (k) => {
  if (k === 0) return 0;
  return (k % 2 === 1 ? 1 : -1) * zeta(k + 1, ROOT);
});

// ψ(x) = ln x − 1/(2x) − Σ B₂ₖ/(2k x^(2k))  (DLMF 5.11.2).
const DIGAMMA = descending(9, (i) => (i === 0 ? 0 : BERNOULLI[i - 1] / (2 * i)));

function digammaRight(x) {
  if (Math.abs(x - ROOT) < NEAR_ROOT) return polynomial(ABOUT_ROOT, x - ROOT - ROOT_REST);
  let steps = 0;
  let y = x;
  for (; y < LARGE; y += 1) steps += 1 / y;
  return Math.log(y) - 0.5 / y - polynomial(DIGAMMA, 1 / (y * y)) - steps;
}

/** ψ(x) = Γ′(x)/Γ(x), by reflection left of 0 (DLMF 5.5.4). */
export function digamma(x) {
  if (x > 0) return digammaRight(x);
  if (x === 0) return -1 / x;
  if (isPole(x)) return NaN;
  return digammaRight(1 - x) - Math.PI / Math.tan(Math.PI * (x - Math.round(x)));
}

/** The n-th derivative of ψ at x, (−1)^(n+1) n! ζ(n + 1, x)  (DLMF 25.11.12). */
export function polygamma(n, x) {
  const order = Math.trunc(n);
  if (order === 0) return digamma(x);
  if (!(order > 0) || Number.isNaN(x)) return NaN;
  const size = gamma(order + 1) * zeta(order + 1, x);
  return order % 2 === 0 ? -size : size;
}

// ── the beta function ───────────────────────────────────────────────────────────────────────────

/** B(a, b) = Γ(a) Γ(b)/Γ(a + b). */
export function beta(a, b) {
  if (isPole(a)) return betaAtPole(a, b);
  if (isPole(b)) return betaAtPole(b, a);
  if (isPole(a + b)) return 0;
  if (Math.max(a, b) === Infinity) return betaAtInfinity(Math.min(a, b));
  if (a > 0 && b > 0 && Math.max(a, b) > LARGE) return betaRight(Math.max(a, b), Math.min(a, b));
  const size = Math.max(Math.abs(a), Math.abs(b), Math.abs(a + b));
  return size > LARGEST ? betaByLogarithms(a, b) : betaByProducts(a, b);
}

/** At a = 0, −1, … the poles of Γ(a) and Γ(a + b) can make up a finite value. */
function betaAtPole(a, b) {
  if (Math.floor(b) !== b || 1 - a - b <= 0) return Infinity;
  return (b % 2 === 0 ? 1 : -1) * beta(1 - a - b, b);
}

/** B(a, b) behaves as Γ(b) a^(−b) for large a. */
function betaAtInfinity(b) {
  if (b === Infinity) return NaN;
  return b > 0 ? 0 : gamma(b) * Infinity;
}

/** The factor that is nearer to Γ(a + b) in size is divided first. */
function betaByProducts(a, b) {
  const sum = Math.abs(a + b);
  const aFirst = Math.abs(Math.abs(a) - sum) <= Math.abs(Math.abs(b) - sum);
  const [first, second] = aFirst ? [a, b] : [b, a];
  return (gamma(first) / gamma(a + b)) * gamma(second);
}

/**
 * For a ≥ b > 0 and large a.  In the formula of Stirling for Γ(a)/Γ(a + b), and for Γ(b) too where
 * b is large, what would cancel is left out; a/(a + b) is near 1, or b/(a + b) near 0.
 */
function betaRight(a, b) {
  const rest = stirlingRest(a) - stirlingRest(a + b) - (a - 0.5) * Math.log1p(b / a);
  if (b <= LARGE) return gamma(b) * Math.exp(rest + b - b * Math.log(a + b));
  const both = rest + stirlingRest(b) - b * Math.log1p(a / b);
  return Math.sqrt((2 * Math.PI) / b) * Math.exp(both);
}

function betaByLogarithms(a, b) {
  const size = Math.exp(logAbsGamma(b) + (logAbsGamma(a) - logAbsGamma(a + b)));
  return signOfGamma(a) * signOfGamma(b) * signOfGamma(a + b) * size;
}

function logAbsGamma(x) {
  if (x > 0) return logGammaRight(x);
  return Math.log(Math.PI / -x / Math.abs(sinPi(x))) - logGammaRight(-x);
}

const signOfGamma = (x) => (x > 0 || Math.floor(x) % 2 === 0 ? 1 : -1);

// ── integrals ───────────────────────────────────────────────────────────────────────────────────
// The same rules and the same decisions as in calc_core/evaluate/quadrature.py.

const POINTS = 48;
const PANELS = [1, 2, 4, 8, 16, 32];
const SETTLED = 1e-11;
const ROUNDING = 1e-14;
const BELIEVED = 1e-3;

/** [P(x), P′(x)] of Legendre's polynomial of degree n, by recurrence (DLMF 18.9.1, 18.9.17). */
function legendre(n, x) {
  let [before, now] = [1, x];
  for (let k = 2; k <= n; k += 1) {
    [before, now] = [now, ((2 * k - 1) * x * now - (k - 1) * before) / k];
  }
  return [now, (n * (before - x * now)) / (1 - x * x)];
}

/** The k-th zero of the polynomial, the largest first, by Newton's method, and its weight. */
function gaussPoint(k) {
  let x = Math.cos((Math.PI * (k + 0.75)) / (POINTS + 0.5));
  for (let i = 0; i < 4; i += 1) {
    const [value, slope] = legendre(POINTS, x);
    x -= value / slope;
  }
  const slope = legendre(POINTS, x)[1];
  return [x, 2 / ((1 - x * x) * slope * slope)];
}

/** Gauss's points and weights on [0, 1] after s = 3v² − 2v³, flat at both ends. */
function substituted([x, weight]) {
  const v = (x + 1) / 2;
  return [v * v * (3 - 2 * v), (weight / 2) * 6 * v * (1 - v)];
}

const HALF_RULE = Array.from({ length: POINTS / 2 }, (_, k) => gaussPoint(k));
const MIRRORED = HALF_RULE.map(([x, weight]) => [-x, weight]);
const RULE = [...MIRRORED, ...HALF_RULE.reverse()].map(substituted);

function composite(f, low, width, panels) {
  let total = 0;
  for (let panel = 0; panel < panels; panel += 1) {
    for (const [node, weight] of RULE) {
      total += (weight / panels) * f(low + width * (panel / panels + node / panels));
    }
  }
  return total * width;
}

/** ∫ f from low to high, with more and more panels until two rules agree; else NaN. */
export function integrate(f, low, high) {
  const width = high - low;
  let before = composite(f, low, width, PANELS[0]);
  let now = before;
  let error = 0;
  let scale = 0;
  for (const panels of PANELS.slice(1)) {
    now = composite(f, low, width, panels);
    error = Math.abs(now - before);
    scale = Math.abs(now) + Math.abs(before);
    if (!(error > SETTLED * scale + ROUNDING)) break;
    before = now;
  }
  return error <= BELIEVED * scale + SETTLED ? now : NaN;
}
