/**
 * Numbers as they are written on a page: the same texts as in calc_core/geometry/numerals.py.
 */

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

const superscript = (whole) =>
  String(whole).replace("-", "⁻").replace(/\d/g, (digit) => SUPERSCRIPTS[digit]);

/** A number of a component or a factor, as it stands below its letter. */
export const subscript = (place) => String(place).replace(/\d/g, (digit) => SUBSCRIPTS[digit]);

/** The value to so many significant digits; a tenth power where that is shorter. */
export function numeral(value, digits = 4) {
  if (Number.isNaN(value)) return "undefined";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const { sign, mantissa, exponent } = decimal(value, digits);
  return sign + mantissa + (exponent === null ? "" : `×10${superscript(exponent)}`);
}

/** (a, b, …) of a row of numbers. */
export function vector(values, digits = 4) {
  return `(${Array.from(values, (value) => numeral(value, digits)).join(", ")})`;
}

/**
 * A finite value as `sign` (a true minus, or nothing), `mantissa` and `exponent` of ten.  It is
 * null for values from 10⁻⁴ up to 10^digits, which are written out: the rule of C's %g.
 */
export function decimal(value, digits = 4) {
  const [number, power] = scientific(Math.abs(value), digits).split("e");
  const exponent = Number(power);
  const sign = value < 0 ? "−" : "";
  if (exponent < -4 || exponent >= digits) return { sign, mantissa: trimmed(number), exponent };
  return { sign, mantissa: trimmed(shifted(number.replace(".", ""), exponent)), exponent: null };
}

/**
 * d.ddde±x with so many digits, as Python rounds: a value half-way between two goes to the even
 * one, where JavaScript takes the larger.
 */
function scientific(value, digits) {
  const [number, power] = value.toExponential(100).split("e");
  const end = digits === 1 ? 1 : digits + 1;
  const [kept, rest] = [number.slice(0, end), number.slice(end).replace(".", "")];
  const toEven = /^50*$/.test(rest) && Number(kept.at(-1)) % 2 === 0;
  return toEven ? `${kept}e${power}` : value.toExponential(digits - 1);
}

/** The digits with the point that many places behind the first. */
function shifted(digits, places) {
  if (places < 0) return `0.${"0".repeat(-places - 1)}${digits}`;
  return `${digits.slice(0, places + 1)}.${digits.slice(places + 1)}`;
}

/** Without zeros at the end of the decimals. */
const trimmed = (number) => (number.includes(".") ? number.replace(/\.?0*$/, "") : number);

/** The number next to the value that has so many significant digits, as an address keeps it. */
export function round(value, digits = 6) {
  if (!Number.isFinite(value)) return value;
  const size = Number(scientific(Math.abs(value), digits));
  return value < 0 ? -size : size;
}

const FACTOR = /\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|π/y;

/** The number that a person types: 0.5, 1/3, 2π/3, pi/4, 3e-2, also 0,5; NaN if it is none. */
export function readNumber(text) {
  const typed = text.trim().toLowerCase().replace(/[−–]/g, "-").replace(/,/g, ".").replace(/pi/g, "π");
  const [, sign, body] = /^([+-]?)(.*)$/s.exec(typed.replace(/\s+/g, ""));
  let value = NaN;
  let way = "";
  for (let place = 0; place < body.length; ) {
    if (place > 0) {
      way = /[*·/]/.test(body[place]) ? body[place] : "";
      place += way.length;
    }
    FACTOR.lastIndex = place;
    const found = FACTOR.exec(body)?.[0];
    // Two numbers without a sign between them are a slip of the finger.
    if (!found || (place > 0 && !way && found !== "π")) return NaN;
    const factor = found === "π" ? Math.PI : Number(found);
    if (place === 0) value = factor;
    else value = way === "/" ? value / factor : value * factor;
    place += found.length;
  }
  return sign === "-" ? -value : value;
}
