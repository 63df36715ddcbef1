/** The lines of a derivation, each of which unfolds into the lines below it. */

import { element } from "../stage/dom.js";
import { equals, math } from "./light.js";
import { opened } from "./unfolding.js";

export class Branches {
  /**
   * ``lab`` hears what is done here: ``lit(name)`` and ``rest()`` as a line has the focus and no
   * more, ``pick(name)`` as it is chosen, and ``keep()`` as lines were unfolded or folded.
   */
  constructor(lab) {
    this.lab = lab;
    this.list = element("ul", {
      class: "nr-tree", role: "tree", onkeydown: (event) => this.climb(event),
    });
  }

  /** Another derivation: a view of calc_core/labs/rules.py. */
  show({ steps, root }, open = opened("")) {
    this.steps = steps;
    this.root = root;
    this.list.setAttribute("aria-label", `The derivation of ${steps[root].words}`);
    this.unfold(open);
  }

  /** Draw with just these paths unfolded. */
  unfold(open) {
    this.open = open;
    this.list.replaceChildren(this.item(this.root, "r", 1));
    this.focusable(this.list.querySelector("[role=treeitem]"));
  }

  /** The paths of all lines that have some below them, as many as can be read. */
  everything() {
    const found = new Set();
    const visit = (k, path) => {
      const { children } = this.steps[k];
      if (!children.length || found.size > 200) return;
      found.add(path);
      children.forEach((child, i) => visit(child, `${path}.${i}`));
    };
    visit(this.root, "r");
    return found;
  }

  item(k, path, level) {
    const step = this.steps[k];
    const inner = step.children.length > 0;
    const isOpen = inner && this.open.has(path);
    const node = element("li", {
      role: "treeitem", tabindex: "-1", "aria-level": level, "data-step": k, "data-path": path,
      "aria-label": `${step.words} = ${step.result_words}: ${step.label}`,
      ...(inner ? { "aria-expanded": String(isOpen) } : {}),
      onfocus: (event) => event.target === node && this.lab.lit(`s${k}`),
      onblur: () => this.lab.rest(),
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
    if (!this.steps[step].children.length || open === this.open.has(path)) return;
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

  /** The line at a path, if it is drawn. */
  at(path) {
    return this.list.querySelector(`[data-path="${path}"]`);
  }

  /** Mark the lines of a step, and no others. */
  mark(k) {
    for (const node of this.list.querySelectorAll("[role=treeitem]")) {
      node.classList.toggle("nr-lit-row", Number(node.dataset.step) === k);
    }
  }

  /** Unfold the way to the line of a step. */
  reveal(k) {
    if (this.list.querySelector(`[data-step="${k}"]`)) return;
    const path = this.pathTo(k);
    if (!path) return;
    for (let end = path.lastIndexOf("."); end > 0; end = path.lastIndexOf(".", end - 1)) {
      this.open.add(path.slice(0, end));
    }
    this.unfold(this.open);
  }

  pathTo(wanted, k = this.root, path = "r") {
    if (k === wanted) return path;
    for (const [i, child] of this.steps[k].children.entries()) {
      const found = this.pathTo(wanted, child, `${path}.${i}`);
      if (found) return found;
    }
    return null;
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
      ArrowRight: () => (isOpen ? go(all[i + 1]) : (this.toggle(node, true), this.lab.keep())),
      ArrowLeft: () =>
        isOpen ? (this.toggle(node, false), this.lab.keep())
          : go(node.parentElement.closest("[role=treeitem]")),
      Enter: () => (this.toggle(node), this.lab.pick(`s${node.dataset.step}`)),
      " ": () => (this.toggle(node), this.lab.pick(`s${node.dataset.step}`)),
      Escape: () => this.lab.pick(null),
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
