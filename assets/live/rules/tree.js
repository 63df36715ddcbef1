/**
 * A derivation as a tree that unfolds.
 *
 * What is lit is either a part of the function, by its number, or a step, as "s" with its number.
 * A part whose derivative is a line of the tree and that step light up together.
 */

import { element } from "../stage/dom.js";
import { Branches } from "./branches.js";
import { card, result } from "./card.js";
import { growing, light, math, partAt, reading } from "./light.js";
import { opened, written } from "./unfolding.js";

const HINT =
  "Point at a part of the function, or at a line of the tree. Arrow keys walk through the parts, " +
  "Enter keeps one, Escape lets go.";

export class Tree {
  constructor(root, report) {
    this.report = report;
    this.bar = element("div", { class: "nr-bar" });
    this.function = element("div", {
      class: "nr-function", tabindex: "0", role: "group", "aria-describedby": "nr-tree-hint",
      onkeydown: (event) => this.walk(event),
    });
    this.card = element("div", { class: "nr-card", role: "status" });
    this.result = element("div", { class: "nr-result", tabindex: "0", role: "group" });
    this.branches = new Branches(this);
    const hint = element("p", { class: "nr-hint", id: "nr-tree-hint" }, HINT);
    const top = element("div", { class: "nr-top" }, this.function, hint, this.card, this.result);
    const body = element("div", { class: "nr-body" }, top, this.branches.list);
    this.root = element("div", { class: "nr nr-tree-lab" }, this.bar, body);
    this.root.addEventListener("pointerover", (event) => this.hover(event));
    this.root.addEventListener("pointerleave", () => this.rest());
    this.root.addEventListener("click", (event) => this.click(event));
    root.append(this.root);
  }

  /** Another function; ``state`` as it was reported. */
  show(data, state) {
    this.data = data;
    this.by = this.variable(state) ?? data.variables[0].name;
    this.function.replaceChildren(math(data.head), math(data.function));
    this.function.setAttribute("aria-label", `The function ${data.parts.at(-1).words}`);
    this.order = reading(this.function);
    this.card.style.minHeight = this.result.style.minHeight = "";
    this.restore(state);
    if (this.picked === null) {
      this.lit(this.example());
      this.now = null; // the arrow keys start at the beginning
    }
  }

  /** What is lit until the reader points at something: what the first chain is about. */
  example() {
    const chain = this.view.steps.find((step) => step.rule === "chain" && step.children.length);
    return chain ? `s${chain.children[0]}` : null;
  }

  restore(state) {
    this.by = this.variable(state) ?? this.by;
    this.picked = this.known(state.pick) ? state.pick : null;
    this.drawBar();
    this.branches.show(this.view, opened(state.open));
    this.rest();
  }

  get view() {
    return this.data.by[this.by];
  }

  /** The variable that an address names, if the function has it; what stands there can be anything. */
  variable({ by }) {
    return Object.hasOwn(this.data.by, by) ? by : null;
  }

  /** Whether there is such a part, or such a step; a number is written in one way only. */
  known(name) {
    const [, step, k] = /^(s?)(0|[1-9]\d*)$/.exec(name ?? "") ?? [];
    if (k === undefined) return false;
    return Number(k) < (step ? this.view.steps : this.data.parts).length;
  }

  keep() {
    const by = this.by === this.data.variables[0].name ? "" : this.by;
    this.report({ by, pick: this.picked ?? "", open: written(this.branches.open) });
  }

  // ── the bar ────────────────────────────────────────────────────────────────────────────────

  drawBar() {
    const radios = this.data.variables.map((v) => {
      const input = element("input", {
        type: "radio", name: "nr-by", value: v.name, "aria-label": `by ${v.words}`, onchange: () => this.differentiateBy(v.name),
      });
      input.checked = v.name === this.by;
      return element("label", { class: "nr-choice" }, input, math(v.mathml));
    });
    const many = this.data.variables.length > 1;
    const choice = element(
      "fieldset", { class: "nr-by" }, element("legend", {}, "differentiate by"), ...radios);
    const all = element("button", { type: "button", onclick: () => this.unfold(this.branches.everything()) }, "Unfold all");
    const none = element("button", { type: "button", onclick: () => this.unfold(new Set()) }, "Fold");
    this.bar.replaceChildren(...(many ? [choice] : []), all, none);
  }

  differentiateBy(name) {
    this.by = name;
    if (this.picked?.startsWith("s")) this.picked = null;
    this.branches.show(this.view);
    this.rest();
    this.keep();
  }

  unfold(paths) {
    this.branches.unfold(paths);
    this.rest();
    this.keep();
  }

  // ── pointing and picking ───────────────────────────────────────────────────────────────────

  hover(event) {
    const found = this.at(event.target);
    this.lit(found ?? this.picked);
  }

  at(target) {
    const part = partAt(target);
    if (part !== null && part !== "goes") return part;
    const row = target.closest?.(".nr-row");
    return row ? `s${row.parentElement.dataset.step}` : null;
  }

  click(event) {
    if (event.target.closest("button, label, input, fieldset")) return;
    const found = this.at(event.target);
    if (found === null) return;
    const node = event.target.closest("[role=treeitem]");
    const fromRow = event.target.closest(".nr-row");
    if (node && fromRow) {
      this.branches.toggle(node);
      this.branches.focusable(this.branches.at(node.dataset.path));
      this.pick(`s${node.dataset.step}`);
    } else {
      this.pick(this.picked === found ? null : found);
    }
  }

  pick(name) {
    this.picked = name;
    const k = this.stepOf(name);
    if (k !== null) this.branches.reveal(k);
    this.lit(name);
    this.keep();
  }

  stepOf(name) {
    if (name === null) return null;
    return name.startsWith("s") ? Number(name.slice(1)) : this.view.parts[name].step;
  }

  partOf(name) {
    if (name === null) return null;
    return name.startsWith("s") ? this.view.steps[name.slice(1)].part : Number(name);
  }

  /** Light up what was picked, or nothing. */
  rest() {
    this.lit(this.picked);
  }

  /** Light up a part, its line and the place to which its derivative goes. */
  lit(name) {
    const k = this.stepOf(name), part = this.partOf(name);
    light(this.root, [part === null ? "" : String(part), k === null ? "" : `s${k}`, "goes"]);
    this.branches.mark(k);
    this.card.replaceChildren(...card(this.data, this.by, k, part));
    this.drawResult(k);
    growing(this.card);
    growing(this.result);
    this.now = name;
  }

  drawResult(k) {
    const key = `${this.by} ${k}`;
    if (this.shown === key && this.result.childElementCount) return;
    this.shown = key;
    this.result.setAttribute("aria-label", "The derivative of the whole function");
    this.result.replaceChildren(...result(this.view, k));
    light(this.result, ["goes"]);
  }

  // ── keys ───────────────────────────────────────────────────────────────────────────────────

  /** Arrow keys in the function: along the line, out to what encloses a part, and in. */
  walk(event) {
    const here = this.now !== null && this.partOf(this.now) !== null ? String(this.partOf(this.now)) : null;
    const i = this.order.indexOf(here);
    const outside = () => this.data.parts.find((p) => p.inside.includes(Number(here)))?.id;
    const next = {
      ArrowRight: () => this.order[Math.min(i + 1, this.order.length - 1)],
      ArrowLeft: () => this.order[Math.max(i - 1, 0)],
      ArrowUp: () => (here === null ? this.order[0] : outside() ?? here),
      ArrowDown: () => (here === null ? this.order[0] : this.data.parts[here].inside[0] ?? here),
      Home: () => this.order[0],
      End: () => this.order.at(-1),
    }[event.key];
    if (next) this.lit(String(next()));
    else if (event.key === "Enter" || event.key === " ") this.pick(here);
    else if (event.key === "Escape") this.pick(null);
    else return;
    event.preventDefault();
  }
}
