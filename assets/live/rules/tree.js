/**
 * A derivation as a tree that unfolds.
 *
 * What is lit is either a part of the function, by its number, or a step, as "s" with its number.
 * A part whose derivative is a line of the tree and that step light up together.
 */

import { element } from "../stage/dom.js";
import { opened, written } from "./unfolding.js";
import { equals, growing, light, math, partAt, reading, verdict } from "./light.js";

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
    this.list = element("ul", {
      class: "nr-tree", role: "tree", onkeydown: (event) => this.climb(event),
    });
    const hint = element("p", { class: "nr-hint", id: "nr-tree-hint" }, HINT);
    const top = element("div", { class: "nr-top" }, this.function, hint, this.card, this.result);
    const body = element("div", { class: "nr-body" }, top, this.list);
    this.root = element("div", { class: "nr nr-tree-lab" }, this.bar, body);
    this.root.addEventListener("pointerover", (event) => this.hover(event));
    this.root.addEventListener("pointerleave", () => this.lit(this.picked));
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
    this.open = opened(state.open);
    this.picked = this.known(state.pick) ? state.pick : null;
    this.drawBar();
    this.drawTree();
    this.lit(this.picked);
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
    this.report({ by, pick: this.picked ?? "", open: written(this.open) });
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
    const all = element("button", { type: "button", onclick: () => this.unfoldAll() }, "Unfold all");
    const none = element("button", { type: "button", onclick: () => this.foldAll() }, "Fold");
    this.bar.replaceChildren(...(many ? [choice] : []), all, none);
  }

  differentiateBy(name) {
    this.by = name;
    if (this.picked?.startsWith("s")) this.picked = null;
    this.open = opened("");
    this.drawTree();
    this.lit(this.picked);
    this.keep();
  }

  unfoldAll() {
    const found = new Set();
    const visit = (k, path) => {
      const step = this.view.steps[k];
      if (!step.children.length || found.size > 200) return;
      found.add(path);
      step.children.forEach((child, i) => visit(child, `${path}.${i}`));
    };
    visit(this.view.root, "r");
    this.unfold(found);
  }

  foldAll() {
    this.unfold(new Set());
  }

  unfold(open) {
    this.open = open;
    this.drawTree();
    this.lit(this.picked);
    this.keep();
  }

  // ── the tree ───────────────────────────────────────────────────────────────────────────────

  drawTree() {
    this.list.setAttribute("aria-label", `The derivation of ${this.view.steps[this.view.root].words}`);
    this.list.replaceChildren(this.item(this.view.root, "r", 1));
    this.focusable(this.list.querySelector("[role=treeitem]"));
  }

  item(k, path, level) {
    const step = this.view.steps[k];
    const inner = step.children.length > 0;
    const isOpen = inner && this.open.has(path);
    const node = element("li", {
      role: "treeitem", tabindex: "-1", "aria-level": level, "data-step": k, "data-path": path,
      "aria-label": `${step.words} = ${step.result_words}: ${step.label}`,
      ...(inner ? { "aria-expanded": String(isOpen) } : {}),
      onfocus: (event) => event.target === node && this.lit(`s${k}`),
      onblur: () => this.lit(this.picked),
    });
    node.append(this.row(step, inner));
    if (isOpen) node.append(this.inside(step, path, level));
    return node;
  }

  row(step, inner) {
    return element(
      "div", { class: "nr-row" },
      element("span", { class: "nr-sign", "aria-hidden": "true" }, inner ? "" : "·"),
      element("span", { class: "nr-line" }, math(step.goal), equals(),
        math(step.result, { class: "nr-answer" })),
      element("span", { class: "nr-rule" }, step.label, ...(step.law ? [math(step.law, { class: "nr-law" })] : [])),
    );
  }

  /** What an unfolded step shows: the law carried out, the work below, and how it comes together. */
  inside(step, path, level) {
    const lines = [line("the law gives", step.after)];
    const group = element("ul", { role: "group" });
    step.children.forEach((k, i) => group.append(this.item(k, `${path}.${i}`, level + 1)));
    const after = [];
    if (step.filled) after.push(line("put together", step.filled));
    if (step.tidied) after.push(line(step.tidied, step.result));
    return element("div", { class: "nr-inside" }, ...lines, group, ...after);
  }

  toggle(node, open = !this.open.has(node.dataset.path)) {
    const { path, step } = node.dataset;
    if (!this.view.steps[step].children.length || open === this.open.has(path)) return;
    if (open) this.open.add(path);
    else for (const p of [...this.open]) if (p === path || p.startsWith(`${path}.`)) this.open.delete(p);
    const level = Number(node.getAttribute("aria-level"));
    const fresh = this.item(Number(step), path, level);
    const focused = node === document.activeElement || node.contains(document.activeElement);
    node.replaceWith(fresh);
    this.focusable(fresh);
    if (focused) fresh.focus();
  }

  focusable(node) {
    for (const other of this.list.querySelectorAll("[tabindex='0']")) other.tabIndex = -1;
    if (node) node.tabIndex = 0;
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
      this.toggle(node);
      const again = this.list.querySelector(`[data-path="${node.dataset.path}"]`);
      this.focusable(again);
      this.pick(`s${node.dataset.step}`);
    } else {
      this.pick(this.picked === found ? null : found);
    }
  }

  pick(name) {
    this.picked = name;
    if (name) this.reveal(name);
    this.lit(name);
    this.keep();
  }

  /** Unfold the way to the line of a part. */
  reveal(name) {
    const k = this.stepOf(name);
    if (k === null || this.list.querySelector(`[data-step="${k}"]`)) return;
    const path = this.pathTo(k);
    if (!path) return;
    for (let end = path.lastIndexOf("."); end > 0; end = path.lastIndexOf(".", end - 1)) {
      this.open.add(path.slice(0, end));
    }
    this.drawTree();
  }

  pathTo(wanted, k = this.view.root, path = "r") {
    if (k === wanted) return path;
    for (const [i, child] of this.view.steps[k].children.entries()) {
      const found = this.pathTo(wanted, child, `${path}.${i}`);
      if (found) return found;
    }
    return null;
  }

  stepOf(name) {
    if (name === null) return null;
    return name.startsWith("s") ? Number(name.slice(1)) : this.view.parts[name].step;
  }

  partOf(name) {
    if (name === null) return null;
    return name.startsWith("s") ? this.view.steps[name.slice(1)].part : Number(name);
  }

  /** Light up a part, its line and the place to which its derivative goes. */
  lit(name) {
    const k = this.stepOf(name), part = this.partOf(name);
    light(this.root, [part === null ? "" : String(part), k === null ? "" : `s${k}`, "goes"]);
    for (const node of this.list.querySelectorAll("[role=treeitem]")) {
      node.classList.toggle("nr-lit-row", Number(node.dataset.step) === k);
    }
    this.drawCard(name, k, part);
    this.drawResult(k);
    growing(this.card);
    growing(this.result);
    this.now = name;
  }

  drawCard(name, k, part) {
    if (name === null) {
      const prompt = "Its derivative, and where that goes, will be shown here.";
      this.card.replaceChildren(element("p", { class: "nr-quiet" }, `Pick a part of the function. ${prompt}`));
      return;
    }
    const step = k === null ? null : this.view.steps[k];
    const about = part === null ? step.about : this.data.parts[part].mathml;
    const derivative = step ? step.result : this.view.parts[part].derivative;
    const label = step ? step.label : this.view.parts[part].label;
    const variable = this.data.variables.find((v) => v.name === this.by).mathml;
    this.card.replaceChildren(
      element("p", {}, "The derivative of ", math(about, { class: "nr-about" }), " by ", math(variable), " is ",
        math(derivative, { class: "nr-answer" }), element("span", { class: "nr-quiet" }, ` – ${label}.`)),
      element("p", { class: "nr-quiet" }, this.whereabouts(k, part)),
    );
  }

  whereabouts(k, part) {
    if (k === this.view.root) return "This is the whole function: nothing is above it.";
    if (k !== null) return "In the result below, it is lit where that derivative has gone.";
    const zero = this.view.parts[part].words === "0";
    return zero
      ? "It is held still, so that it comes through as a factor, or falls away."
      : "It has no line of its own: the rule above it takes it in the same breath.";
  }

  drawResult(k) {
    const goes = k === null || k === this.view.root ? this.view.result : this.view.steps[k].goes;
    const key = `${this.by} ${k}`;
    if (this.shown === key && this.result.childElementCount) return;
    this.shown = key;
    this.result.setAttribute("aria-label", "The derivative of the whole function");
    this.result.replaceChildren(
      math(this.view.goal), equals(), math(goes), verdict(this.view, "span"),
    );
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

  /** Arrow keys in the tree, as everywhere (WAI-ARIA, tree view). */
  climb(event) {
    const node = event.target.closest("[role=treeitem]");
    if (!node) return;
    const all = [...this.list.querySelectorAll("[role=treeitem]")];
    const go = (to) => to && (this.focusable(to), to.focus());
    const i = all.indexOf(node);
    const isOpen = node.getAttribute("aria-expanded") === "true";
    const act = {
      ArrowDown: () => go(all[i + 1]),
      ArrowUp: () => go(all[i - 1]),
      Home: () => go(all[0]),
      End: () => go(all.at(-1)),
      ArrowRight: () => (isOpen ? go(all[i + 1]) : (this.toggle(node, true), this.keep())),
      ArrowLeft: () =>
        isOpen ? (this.toggle(node, false), this.keep())
          : go(node.parentElement.closest("[role=treeitem]")),
      Enter: () => (this.toggle(node), this.pick(`s${node.dataset.step}`)),
      " ": () => (this.toggle(node), this.pick(`s${node.dataset.step}`)),
      Escape: () => this.pick(null),
    }[event.key];
    if (!act) return;
    act();
    event.preventDefault();
    event.stopPropagation();
  }
}

function line(word, source) {
  return element("div", { class: "nr-step" },
    equals(), math(source, { class: "nr-math" }),
    element("span", { class: "nr-word" }, word));
}
