/**
 * Formulas for read-outs, as text in MathML Core, which a screen reader reads.
 *
 * A name, an operator's sign and words are plain text, and escaped here; all else that is put
 * together (`content`, `parts`, `left`, …) is MathML already.
 */

import { decimal, numeral } from "./numerals.js";

// ── text ────────────────────────────────────────────────────────────────────────────────────────

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
// What XML does not allow at all: control characters, and halves of surrogate pairs.
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu;

/** Any text as the content of an element or an attribute. */
export function escape(text) {
  return String(text).replace(FORBIDDEN, "\ufffd").replace(/[&<>"']/g, (sign) => ENTITIES[sign]);
}

const element = (tag, ...content) => `<${tag}>${content.join("")}</${tag}>`;

export const text = (words) => element("mtext", escape(words));
export const op = (sign) => element("mo", escape(sign));

// ── names ───────────────────────────────────────────────────────────────────────────────────────

const GREEK = new Map(
  Object.entries({
    alpha: "α", beta: "β", gamma: "γ", delta: "δ", epsilon: "ϵ", varepsilon: "ε", zeta: "ζ",
    eta: "η", theta: "θ", vartheta: "ϑ", iota: "ι", kappa: "κ", lambda: "λ", mu: "μ", nu: "ν",
    xi: "ξ", pi: "π", rho: "ρ", sigma: "σ", tau: "τ", upsilon: "υ", phi: "ϕ", varphi: "φ",
    chi: "χ", psi: "ψ", omega: "ω", Gamma: "Γ", Delta: "Δ", Theta: "Θ", Lambda: "Λ", Xi: "Ξ",
    Pi: "Π", Sigma: "Σ", Upsilon: "Υ", Phi: "Φ", Psi: "Ψ", Omega: "Ω",
  }),
);

/** A name such as x, theta, x_1 or v_max.  One letter is italic, more of them are upright. */
export function id(name) {
  const [, head, index] = /^([^_]+)_(.+)$/su.exec(name) ?? [name, name, ""];
  return index ? sub(letters(head), letters(index)) : letters(head);
}

function letters(word) {
  const tag = /^\d+$/.test(word) ? "mn" : "mi";
  return element(tag, escape(GREEK.get(word) ?? word));
}

// ── numbers ─────────────────────────────────────────────────────────────────────────────────────

/** The number of numerals.js, with its sign and its power of ten as what they are. */
export function num(value, digits = 4) {
  if (Number.isNaN(value)) return text(numeral(value));
  if (!Number.isFinite(value)) return withSign(value < 0, element("mi", "∞"));
  const { sign, mantissa, exponent } = decimal(value, digits);
  const size = element("mn", mantissa);
  return withSign(sign, exponent === null ? size : row(size, op("×"), tenToThe(exponent)));
}

const withSign = (negative, size) => (negative ? row(op("−"), size) : size);
const tenToThe = (n) => sup(element("mn", 10), withSign(n < 0, element("mn", Math.abs(n))));

// ── putting together ────────────────────────────────────────────────────────────────────────────

export const row = (...parts) => element("mrow", ...parts);
export const sub = (base, index) => element("msub", base, index);
export const sup = (base, exponent) => element("msup", base, exponent);
export const fraction = (above, below) => element("mfrac", above, below);
/** As in a formula on a line of its own: fractions of full size. */
export const displayed = (content) => `<mrow displaystyle="true">${content}</mrow>`;
export const root = (content) => element("msqrt", content);

/** In brackets that grow with what is in them. */
export const fenced = (content, open = "(", close = ")") => row(op(open), content, op(close));
/** |…| */
export const bars = (content) => fenced(content, "|", "|");
/** ‖…‖ */
export const norm = (content) => fenced(content, "‖", "‖");

export const equation = (left, right) => row(left, op("="), right);
export const approx = (left, right) => row(left, op("≈"), right);

// ── rows of numbers ─────────────────────────────────────────────────────────────────────────────

/**
 * The rows×cols matrix of a flat array.  Its brackets are drawn by the style sheet: without a font
 * for mathematics, which few machines have, those of MathML do not stretch.
 */
export function matrix(flat, rows, cols, digits = 4) {
  const line = (i) => cells(flat.slice(i * cols, (i + 1) * cols), digits);
  const lines = Array.from({ length: rows }, (_, i) => element("mtr", ...line(i)));
  return `<mtable class="matrix">${lines.join("")}</mtable>`;
}

// Array.from, for the numbers may stand in a typed array.
const cells = (values, digits) =>
  Array.from(values, (value) => element("mtd", num(value, digits)));

export const rowVector = (values, digits = 4) => matrix(values, 1, values.length, digits);
export const column = (values, digits = 4) => matrix(values, values.length, 1, digits);

/** (a, b, …) of numbers. */
export function tuple(values, digits = 4) {
  const parts = Array.from(values).flatMap((value) => [op(","), num(value, digits)]);
  return fenced(row(...parts.slice(1)));
}

// ── the whole ───────────────────────────────────────────────────────────────────────────────────

/** The formula, in the line or on one of its own. */
export function math(content, { display = false } = {}) {
  return `<math display="${display ? "block" : "inline"}">${content}</math>`;
}
