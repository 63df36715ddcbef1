/** What the labs share: formulas that Python printed, and parts of them that light up. */

import { element } from "../stage/dom.js";

/** An element that holds a formula: MathML of our own printer, in which every name is escaped. */
export function math(source, attributes = {}, tag = "span") {
  const holder = element(tag, attributes);
  holder.innerHTML = source ?? "";
  return holder;
}

/** The sign between a goal and what becomes of it. */
export const equals = () => element("span", { class: "nr-eq" }, "=");

/** What the check of every step has found. */
export function verdict({ checked, summary }, tag) {
  const words = checked ? "✓ every step checked" : "⚠ not every step could be confirmed";
  return element(tag, { class: checked ? "nr-checked" : "nr-doubt", title: summary }, words);
}

/** The identity of the innermost part of a formula under the pointer, if any. */
export function partAt(target) {
  return target.closest?.("[data-node]")?.getAttribute("data-node") ?? null;
}

/**
 * Let an element grow and, as long as the page is as wide, never shrink again: nothing below it
 * moves under the pointer.
 */
export function growing(holder) {
  const width = String(holder.parentElement.clientWidth);
  if (holder.dataset.width !== width) holder.style.minHeight = "";
  holder.dataset.width = width;
  const before = parseFloat(holder.style.minHeight) || 0;
  holder.style.minHeight = `${Math.max(before, holder.offsetHeight)}px`;
}

/** Light up all parts below the root whose identity is among these, and no others. */
export function light(root, wanted, name = "nr-lit") {
  const identities = new Set(wanted);
  for (const part of root.querySelectorAll("[data-node]")) {
    part.classList.toggle(name, identities.has(part.getAttribute("data-node")));
  }
}

/** The identities below the root in the order in which they are read, each once. */
export function reading(root) {
  const seen = new Set();
  for (const part of root.querySelectorAll("[data-node]")) seen.add(part.getAttribute("data-node"));
  return [...seen];
}
