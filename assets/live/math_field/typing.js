/**
 * Where MathLive's keys are made to mean what they mean in plain text: an exponent or an index ends
 * with its number or with its bracket, and a blank ends the argument of ``sin x``.
 */

import { OPEN_ARGUMENT } from "./shortcuts.js";

const NUMBER = /^-?\d+(\.\d+)?$/;
const BEGUN_NUMBER = /^-?\d*\.?\d*$/;
const TRANSPOSED = /^-?T?$/;
const INDEX = /^[ijklmn]$/;
// In a derivation an index may be the variables of a derivative, f_xy, and d/dx stands before what
// is differentiated.
const VARIABLES = /^[a-zA-Z]+$/;
const DIFFERENTIAL = /^(d|\\partial ?)[a-zA-Z]$/;
const MODIFIERS = /^(Shift|Control|Alt|AltGraph|Meta|CapsLock|Dead)/;
const CLOSING = /[)\],;]/;
// What makes a blank before it needless.
const AFTER_NO_BLANK = /[-+*/=,;)\]|<>!^_]/;

/** Take over from MathLive the few keys that it would read otherwise. */
export function typeAsInText(field, kind) {
  let scripts = []; // exponents and indices around the caret, the innermost last
  let closed = false; // whether the first | of a closing || has just been typed
  const forget = () => (scripts = []);
  const onKey = (event) => {
    const { key } = event;
    if (event.ctrlKey || event.metaKey || key.length > 1) {
      if (!MODIFIERS.test(key)) forget();
      return;
    }
    endScripts(field, scripts, key);
    if (key === " ") return blank(field, event);
    if (CLOSING.test(key)) leaveGroups(field, true);
    if (kind === "working" && "([".includes(key)) leaveDifferential(field);
    const wasClosed = closed;
    closed = key === "|" && !wasClosed && closesNorm(field);
    if (key === "|" && (closed || wasClosed)) return stop(event);
    if (AFTER_NO_BLANK.test(key) && textBefore(field).endsWith("\\,")) {
      field.executeCommand("deleteBackward");
    }
    if (key === "^" || key === "_") scripts.push(new Script(key, kind, depthAt(field, field.position)));
  };
  field.addEventListener("keydown", onKey, { capture: true });
  field.addEventListener("pointerdown", forget);
  field.addEventListener("focusout", forget);
}

/** Leave the scripts that are whole and have nothing to do with this key. */
function endScripts(field, scripts, key) {
  for (let inner = scripts.at(-1); inner; inner = scripts.at(-1)) {
    if (inner.ends(key)) leave(field, inner.depth);
    else if (inner.takes(key)) return;
    scripts.pop();
  }
}

/** An exponent or an index that is being typed: a number, a bracket, a T or an index such as i. */
class Script {
  constructor(sign, kind, depth) {
    this.depth = depth; // of the place at which it hangs
    this.isIndex = sign === "_";
    this.isMatrix = kind === "matrix";
    this.index = kind === "working" ? VARIABLES : INDEX;
    this.text = "";
    this.open = 0;
  }

  /** Whether it is whole, and this key is no more of it. */
  ends(key) {
    return this.isWhole && !this.couldBe(this.text + key);
  }

  /** Go on with this key; false if what is typed is none of these. */
  takes(key) {
    if (this.open || (this.text === "" && key === "(")) {
      this.open += { "(": 1, ")": -1 }[key] ?? 0;
      this.text += key;
      return true;
    }
    this.text += key;
    return this.couldBe(this.text);
  }

  get isWhole() {
    const { text } = this;
    if (text.startsWith("(")) return this.open === 0;
    if (this.isIndex) return NUMBER.test(text) || this.index.test(text);
    return NUMBER.test(text) || (this.isMatrix && /T$/.test(text));
  }

  couldBe(text) {
    if (text.startsWith("(")) return this.open > 0;
    if (this.isIndex) return /^\d*$/.test(text) || this.index.test(text);
    return BEGUN_NUMBER.test(text) || (this.isMatrix && TRANSPOSED.test(text));
  }
}

/** Go out of groups until the caret is no deeper than this. */
function leave(field, depth) {
  for (let before = -1; depthAt(field, field.position) > depth && before !== field.position; ) {
    before = field.position;
    field.executeCommand("moveAfterParent");
  }
}

/** Go out of the fraction d/dx: what comes next is what it differentiates. */
function leaveDifferential(field) {
  const depth = depthAt(field, field.position);
  if (depth && DIFFERENTIAL.test(textBefore(field))) leave(field, depth - 1);
}

function depthAt(field, offset) {
  return field.getElementInfo(offset)?.depth ?? 0;
}

/** A blank ends an argument, or else exponents, roots and fractions, as far as they are typed. */
function blank(field, event) {
  stop(event);
  if (!field.selectionIsCollapsed || leaveGroups(field, false)) return;
  if (OPEN_ARGUMENT.test(textBefore(field))) field.insert("\\,");
}

/**
 * Leave the groups at whose end the caret is, but no brackets; whether there was one.
 * If it is to come to a bracket and there is none, it stays.
 */
function leaveGroups(field, toBracket) {
  const start = field.position;
  for (;;) {
    const here = field.position;
    const next = field.getElementInfo(here + 1);
    const isAtEnd = next && next.depth < depthAt(field, here);
    if (!isAtEnd || next.latex?.startsWith("\\left")) {
      if (toBracket && !isAtEnd) field.position = start;
      return field.position !== start;
    }
    field.executeCommand("moveAfterParent");
    if (field.position === here) return here !== start;
  }
}

/** Leave the norm at whose end the caret is; whether there was one. */
function closesNorm(field) {
  const start = field.position;
  leaveGroups(field, true);
  if (field.getElementInfo(field.position + 1)?.latex?.startsWith("\\left\\lVert")) {
    field.executeCommand("moveAfterParent");
    return true;
  }
  field.position = start;
  return false;
}

/** The LaTeX before the caret, inside the innermost group. */
function textBefore(field) {
  const { position } = field;
  const depth = depthAt(field, position);
  let start = position;
  // A numerator and its denominator are as deep: each begins with an element that has no LaTeX.
  const begins = (at) => depthAt(field, at) === depth && !field.getElementInfo(at)?.latex;
  while (start > 0 && depthAt(field, start - 1) >= depth && !begins(start)) start -= 1;
  return field.getValue(start, position, "latex");
}

/** Nothing more is to come of a key; MathLive sees that, and that the word before it has ended. */
function stop(event) {
  event.preventDefault();
}

/** The field's LaTeX, the scripts all in braces: x^12 is a one there, and then a two. */
export function latexOf(field) {
  return field.value.replace(/([_^])([0-9a-zA-Z])/g, "$1{$2}");
}
