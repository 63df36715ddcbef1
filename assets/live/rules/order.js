/**
 * In which order to multiply J_k ⋯ J_1: from the right (forward), from the left (backward), the
 * best one, and the reader's own, by picking one product after the other.
 */

import { subscript } from "../numerals.js";
import { element } from "../stage/dom.js";
import { backward, best, cost, forward, products } from "./orders.js";

const SIZES = [1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50, 75, 100, 150, 200, 300, 500, 750, 1000];
const MOST = 6;
const number = new Intl.NumberFormat("en-GB").format;
/** 14 300 000 with thin gaps, and not the commas that half of the world reads as points. */
const count = (n) => number(n).replaceAll(",", "\u202f");

export class Order {
  constructor(root, report) {
    this.report = report;
    this.presets = element("div", { class: "nr-bar nr-presets", role: "group", "aria-label": "Examples" });
    this.note = element("p", { class: "nr-quiet nr-note" });
    this.sliders = element("div", { class: "nr-sliders" });
    this.chain = element("div", { class: "nr-factors", role: "group",
      "aria-label": "The Jacobians, as large as they are; a dot multiplies its two neighbours" });
    this.yours = element("p", { class: "nr-yours", role: "status" });
    this.bars = element("div", { class: "nr-bars" });
    this.words = element("p", { class: "nr-words", role: "status" });
    this.root = element("div", { class: "nr nr-order-lab" },
      this.presets, this.note, this.sliders, this.chain, this.yours, this.bars, this.words);
    root.append(this.root);
    this.resize = new ResizeObserver(() => this.scale());
    this.resize.observe(this.chain);
  }

  close() {
    this.resize.disconnect();
  }

  show(data, state) {
    this.data = data;
    this.presets.replaceChildren(...data.presets.map((preset) =>
      element("button", { type: "button", "data-widths": preset.widths.join(","),
        onclick: () => this.set(preset.widths) }, preset.label)));
    this.restore(state);
  }

  restore(state) {
    this.widths = read(state.widths) ?? [...this.data.presets[0].widths];
    this.start();
    this.drawSliders();
    this.draw();
  }

  set(widths) {
    this.widths = [...widths];
    this.start();
    this.drawSliders();
    this.draw();
    this.keep();
  }

  keep() {
    this.report({ widths: this.widths.join(",") });
  }

  /** The reader's own order begins anew. */
  start() {
    this.blocks = this.widths.slice(1).map((_, i) => i + 1).reverse();
    this.done = 0;
  }

  get k() {
    return this.widths.length - 1;
  }

  // ── what is set ────────────────────────────────────────────────────────────────────────────

  drawSliders() {
    const sliders = this.widths.map((n, i) => this.slider(n, i));
    const fewer = element("button", { type: "button", "aria-label": "one layer fewer", onclick: () => this.layers(-1) }, "−");
    const more = element("button", { type: "button", "aria-label": "one layer more", onclick: () => this.layers(1) }, "+");
    fewer.disabled = this.k <= 2;
    more.disabled = this.k >= MOST;
    this.sliders.replaceChildren(...sliders,
      element("div", { class: "nr-stepper" }, element("span", {}, `${this.k} layers`), fewer, more));
  }

  slider(n, i) {
    const role = i === 0 ? " variables" : i === this.k ? " results" : "";
    const out = element("output", {}, String(n));
    const input = element("input", {
      type: "range", min: 0, max: SIZES.length - 1, step: 1, "data-width": i,
      "aria-label": `n${subscript(i)}${role}`, "aria-valuetext": String(n),
      oninput: () => {
        this.widths[i] = SIZES[input.value];
        out.textContent = SIZES[input.value];
        input.setAttribute("aria-valuetext", String(SIZES[input.value]));
        this.start();
        this.draw();
      },
      onchange: () => this.keep(),
    });
    input.value = nearest(n);
    return element("label", { class: "nr-slider" },
      element("span", {}, element("i", {}, `n${subscript(i)}`), role), input, out);
  }

  layers(by) {
    const widths = [...this.widths];
    if (by > 0) widths.splice(1, 0, widths[1]);
    else widths.splice(1, 1);
    this.set(widths);
  }

  // ── what comes of it ───────────────────────────────────────────────────────────────────────

  draw() {
    const { widths, k } = this;
    const preset = this.data.presets.find((p) => p.widths.join() === widths.join());
    this.note.textContent = preset?.note ?? "Widths of your own.";
    for (const button of this.presets.children) {
      button.setAttribute("aria-pressed", String(button.dataset.widths === widths.join()));
    }
    this.orders = [
      { name: "forward", how: "from the right", tree: forward(k) },
      { name: "backward", how: "from the left", tree: backward(k) },
      { name: "best", how: "the fewest possible", tree: best(widths) },
    ];
    for (const order of this.orders) order.work = cost(widths, order.tree);
    this.drawFactors();
    this.drawBars();
    this.words.textContent = this.sentence();
  }

  drawFactors() {
    const parts = this.blocks.flatMap((tree, at) => {
      const [rows, columns] = this.shape(tree);
      const name = written(tree);
      const block = element("figure", { class: "nr-factor", "data-rows": rows, "data-columns": columns },
        element("div", { class: "nr-area" }), element("figcaption", {},
          element("span", { class: "nr-factor-name" }, name), element("small", {}, `${rows} × ${columns}`)));
      if (!at) return [block];
      const left = this.blocks[at - 1];
      const [p, q] = this.shape(left);
      const work = p * q * columns;
      const dot = element("button", { type: "button", class: "nr-dot",
        "aria-label": `multiply ${written(left)} by ${name}: ${count(work)} multiplications`,
        title: `${p} · ${q} · ${columns} = ${count(work)}`, onclick: () => this.multiply(at, work) }, "·");
      return [dot, block];
    });
    this.chain.replaceChildren(...parts);
    this.drawYours();
    this.scale();
  }

  shape(tree) {
    if (!Array.isArray(tree)) return [this.widths[tree], this.widths[tree - 1]];
    return [this.shape(tree[0])[0], this.shape(tree[1])[1]];
  }

  multiply(at, work) {
    this.blocks.splice(at - 1, 2, [this.blocks[at - 1], this.blocks[at]]);
    this.done += work;
    this.drawFactors();
    this.drawBars();
    (this.chain.querySelectorAll(".nr-dot")[Math.max(0, at - 2)] ?? this.yours.querySelector("button"))?.focus();
  }

  drawYours() {
    const finished = this.blocks.length === 1;
    const said = finished ? `Your order takes ${count(this.done)} multiplications${this.verdict()}`
      : this.done ? `${count(this.done)} multiplications so far.`
      : "Find an order of your own: each dot multiplies its two neighbours.";
    const again = element("button", { type: "button", onclick: () => { this.start(); this.draw(); this.chain.querySelector(".nr-dot")?.focus(); } }, "Start again");
    this.yours.replaceChildren(said, ...(this.done ? [" ", again] : []));
  }

  verdict() {
    const least = cost(this.widths, best(this.widths));
    return this.done === least ? ": there is none with fewer." : `; the fewest possible are ${count(least)}.`;
  }

  /** The factors as large as their shapes, on a logarithmic scale, in the room that there is. */
  scale() {
    const figures = [...this.chain.querySelectorAll(".nr-factor")];
    if (!figures.length) return;
    const extent = (n) => 1 + 1.6 * Math.log2(1 + Number(n));
    const wide = figures.reduce((sum, f) => sum + extent(f.dataset.columns), 0);
    const room = this.chain.clientWidth - 34 * (figures.length - 1) - 8;
    const unit = Math.max(1.5, Math.min(9, room / wide));
    for (const f of figures) {
      const area = f.querySelector(".nr-area");
      area.style.width = `${unit * extent(f.dataset.columns)}px`;
      area.style.height = `${unit * extent(f.dataset.rows)}px`;
    }
  }

  drawBars() {
    const own = this.blocks.length === 1 ? [{ name: "own", how: "yours", tree: this.blocks[0], work: this.done }] : [];
    const all = [...this.orders, ...own];
    const most = Math.max(...all.map((order) => order.work), 1);
    this.bars.replaceChildren(...all.map((order) => this.bar(order, most)));
  }

  bar(order, most) {
    const steps = products(this.widths, order.tree).map((p) =>
      element("li", {}, `${written(p.tree)}: ${p.rows} · ${p.inner} · ${p.columns} = ${count(p.work)}`));
    return element("div", { class: `nr-order nr-${order.name}` },
      element("div", { class: "nr-order-name" }, element("b", {}, order.name), ` ${order.how}`),
      element("div", { class: "nr-order-bar" },
        element("span", { class: "nr-fill", style: `width: ${Math.max(0.4, (100 * order.work) / most)}%` })),
      element("div", { class: "nr-order-work" }, count(order.work)),
      element("details", {}, element("summary", {}, written(order.tree)), element("ol", {}, ...steps)));
  }

  sentence() {
    const [f, b, least] = this.orders.map((order) => order.work);
    const [first, last] = [this.widths[0], this.widths.at(-1)];
    const times = (x) => (x >= 10 ? Math.round(x) : x.toFixed(1).replace(/\.0$/, ""));
    const parts = [];
    if (f === b) parts.push("Forward and backward take the same.");
    else {
      const [winner, loser, ratio] = b < f ? ["backward", "Forward", f / b] : ["forward", "Backward", b / f];
      const more = ratio < 1.05 ? "slightly more multiplications than" : `${times(ratio)} times as many multiplications as`;
      parts.push(`${loser} takes ${more} ${winner}.`);
      if (b < f && last < first) parts.push(`From the left, every product has only ${last} row${last > 1 ? "s" : ""}.`);
      if (f < b && first < last) parts.push(`From the right, every product has only ${first} column${first > 1 ? "s" : ""}.`);
    }
    if (least < Math.min(f, b)) parts.push(`Neither is best: ${written(this.orders[2].tree)} takes ${count(least)}.`);
    return parts.join(" ");
  }
}

/** An order as a product with brackets, the outermost left out. */
function written(tree, outermost = true) {
  if (!Array.isArray(tree)) return `J${subscript(tree)}`;
  const inside = tree.map((t) => written(t, false)).join("");
  return outermost ? inside : `(${inside})`;
}

const nearest = (n) => SIZES.reduce((found, size, i) => (Math.abs(size - n) < Math.abs(SIZES[found] - n) ? i : found), 0);

/** Widths from the address: whole numbers between 1 and the largest, of two layers and up. */
function read(text) {
  const widths = String(text ?? "").split(",").map(Number);
  const good = widths.every((n) => Number.isInteger(n) && n >= 1 && n <= SIZES.at(-1));
  return good && widths.length > 2 && widths.length <= MOST + 1 ? widths : null;
}
