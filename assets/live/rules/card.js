/** What is said of the part or the step that is lit: its derivative, and where that goes. */

import { element } from "../stage/dom.js";
import { equals, math, verdict } from "./light.js";

const UNLIT =
  "Pick a part of the function. Its derivative, and where that goes, will be shown here.";

/** The paragraphs on the step ``k`` and the part; one of these is null where there is none, or both. */
export function card(data, by, k, part) {
  if (k === null && part === null) return [element("p", { class: "nr-quiet" }, UNLIT)];
  const view = data.by[by];
  const step = k === null ? null : view.steps[k];
  const about = part === null ? step.about : data.parts[part].mathml;
  const derivative = step ? step.result : view.parts[part].derivative;
  const { label } = step ?? view.parts[part];
  const variable = data.variables.find((v) => v.name === by).mathml;
  return [
    element("p", {}, "The derivative of ", math(about, { class: "nr-about" }), " by ", math(variable), " is ",
      math(derivative, { class: "nr-answer" }), element("span", { class: "nr-quiet" }, ` – ${label}.`)),
    element("p", { class: "nr-quiet" }, whereabouts(view, k, part)),
  ];
}

function whereabouts(view, k, part) {
  if (k === view.root) return "This is the whole function: nothing is above it.";
  if (k !== null) return "In the result below, it is lit where that derivative has gone.";
  const zero = view.parts[part].words === "0";
  return zero
    ? "It is held still, so that it comes through as a factor, or falls away."
    : "It has no line of its own: the rule above it takes it in the same breath.";
}

/** The derivative of the whole function, in which the place of the step can light up. */
export function result(view, k) {
  const goes = k === null || k === view.root ? view.result : view.steps[k].goes;
  return [math(view.goal), equals(), math(goes), verdict(view, "span")];
}
