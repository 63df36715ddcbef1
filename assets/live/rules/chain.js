/**
 * The multivariate chain rule as boxes and arrows, and as a product of matrices.
 *
 * Columns stand from the variables to the function.  Picked is either an arrow, "a" with the layer,
 * the row and the column of its entry, or an entry of the product, "e" with its row and column.
 */

import { element } from "../stage/dom.js";
import { equals, growing, light, math, verdict } from "./light.js";

const SVG = "http://www.w3.org/2000/svg";
/** As wide as this the columns stand side by side; else one below the other. */
const WIDE = 560;
/** Longer partials than this are written on their arrow as ∂u/∂x. */
const ROOM = 12;
const HINT =
  "Point at an arrow, or at an entry of a matrix; a click keeps it, Escape lets go. " +
  "An arrow is one entry of a Jacobian; an entry of the product is the sum over all paths.";

export class Chain {
  constructor(root, report) {
    this.report = report;
    this.picture = element("div", { class: "nr-picture", role: "group" });
    this.product = element("div", { class: "nr-product", role: "group" });
    this.card = element("div", { class: "nr-card", role: "status" });
    this.root = element("div", { class: "nr nr-chain-lab" },
      this.picture, element("p", { class: "nr-hint" }, HINT), this.product, this.card);
    this.root.addEventListener("pointerover", (event) => this.lit(pickable(event) ?? this.picked));
    this.root.addEventListener("pointerleave", () => this.lit(this.picked));
    this.root.addEventListener("focusin", (event) => this.lit(pickable(event) ?? this.picked));
    this.root.addEventListener("focusout", () => this.lit(this.picked));
    this.root.addEventListener("click", (event) => this.click(pickable(event)));
    this.root.addEventListener("keydown", (event) => event.key === "Escape" && this.pick(null));
    root.append(this.root);
    this.resize = new ResizeObserver(() => this.place());
    this.resize.observe(this.picture);
  }

  close() {
    this.resize.disconnect();
  }

  show(data, state) {
    this.data = data;
    this.layers = data.factors.length;
    this.drawPicture();
    this.drawProduct();
    this.card.style.minHeight = "";
    this.restore(state);
    if (this.picked === null) this.lit("e0-0"); // until the reader points at something
    this.place();
  }

  restore(state) {
    this.picked = this.known(state.path) ? state.path : null;
    this.lit(this.picked);
  }

  known(name) {
    const indices = (name ?? "").slice(1).split("-").map(Number);
    if (/^a\d+-\d+-\d+$/.test(name)) return Boolean(this.entry(...indices)?.zero === false);
    return /^e\d+-\d+$/.test(name) && Boolean(this.data.product.entries[indices[0]]?.[indices[1]]);
  }

  entry(k, i, j) {
    return this.data.factors[k]?.entries[i]?.[j];
  }

  click(name) {
    if (name !== null) this.pick(this.picked === name ? null : name);
  }

  pick(name) {
    this.picked = name;
    this.now = undefined;
    this.lit(name);
    this.report({ path: name ?? "" });
  }

  // ── boxes and arrows ───────────────────────────────────────────────────────────────────────

  drawPicture() {
    const { columns, factors } = this.data;
    this.picture.setAttribute("aria-label", "What depends on what, with the partial derivative on each arrow");
    this.lines = document.createElementNS(SVG, "svg");
    this.lines.setAttribute("aria-hidden", "true");
    this.boxes = columns.map((column, c) => column.map((box, i) =>
      element("div", { class: `nr-box${box.passed ? " nr-passed" : ""}`, "data-box": `${c}-${i}` },
        math(box.definition ?? box.name))));
    this.arrows = [];
    for (let k = this.layers - 1; k >= 0; k--) {
      const c = this.layers - 1 - k;
      for (let j = 0; j < factors[k].columns; j++) {
        for (let i = 0; i < factors[k].rows; i++) {
          const entry = factors[k].entries[i][j];
          if (!entry.zero) this.arrows.push(this.arrow(`a${k}-${i}-${j}`, entry, [c, j], [c + 1, i]));
        }
      }
    }
    this.picture.replaceChildren(this.lines, ...this.boxes.flat(), ...this.arrows.map((a) => a.label));
  }

  arrow(name, entry, from, to) {
    const line = document.createElementNS(SVG, "path");
    const tip = document.createElementNS(SVG, "path");
    line.setAttribute("class", "nr-arrow");
    tip.setAttribute("class", "nr-tip");
    line.dataset.pick = tip.dataset.pick = name;
    this.lines.append(line, tip);
    const formula = entry.length > ROOM ? entry.symbol : entry.mathml;
    const label = pickButton("nr-partial", name, entry, formula);
    return { name, line, tip, label, from, to };
  }

  /** Put the boxes where there is room, and the arrows between them. */
  place() {
    const width = this.picture.clientWidth;
    if (!width || !this.boxes) return;
    const beside = width >= WIDE;
    this.picture.classList.toggle("nr-beside", beside);
    const most = Math.max(...this.boxes.map((column) => column.length));
    const depth = this.boxes.length;
    for (const column of this.boxes) {
      const room = (beside ? width / (depth + 0.9) : width / column.length) - 12;
      for (const box of column) box.style.maxWidth = `${room}px`;
    }
    const tall = Math.max(...this.boxes.flat().map((box) => box.offsetHeight));
    const height = beside ? Math.max(most * Math.max(tall + 46, 92), 170) : (depth - 1) * (tall + 92) + tall + 8;
    this.picture.style.height = `${height}px`;
    this.lines.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const middles = this.boxes.map((column, c) => column.map((box, i) => {
      const across = (i + 0.5) / column.length;
      const widest = (which) => Math.max(...this.boxes[which].map((b) => b.offsetWidth)) / 2 + 2;
      const first = widest(0), last = width - widest(depth - 1);
      const x = beside ? first + (c / (depth - 1)) * (last - first) : across * width;
      const y = beside ? across * height : tall / 2 + 4 + (c / (depth - 1)) * (height - tall - 8);
      box.style.transform = `translate(${x}px, ${y}px) translate(-50%, -50%)`;
      return { x, y, w: box.offsetWidth / 2, h: box.offsetHeight / 2 };
    }));
    const taken = middles.flat().map(({ x, y, w, h }) => ({ x, y, w, h }));
    for (const arrow of this.arrows) {
      const ends = this.draw(arrow, middles[arrow.from[0]][arrow.from[1]], middles[arrow.to[0]][arrow.to[1]], beside);
      taken.push(put(arrow.label, ends, taken));
    }
  }

  draw(arrow, a, b, beside) {
    const start = beside ? [a.x + a.w, a.y] : [a.x, a.y + a.h];
    const end = beside ? [b.x - b.w - 3, b.y] : [b.x, b.y - b.h - 3];
    const length = Math.hypot(end[0] - start[0], end[1] - start[1]) || 1;
    const [ux, uy] = [(end[0] - start[0]) / length, (end[1] - start[1]) / length];
    const back = [end[0] - 9 * ux, end[1] - 9 * uy];
    arrow.line.setAttribute("d", `M${start} L${back}`);
    const side = [-4.5 * uy, 4.5 * ux];
    arrow.tip.setAttribute("d",
      `M${end} L${[back[0] + side[0], back[1] + side[1]]} L${[back[0] - side[0], back[1] - side[1]]} Z`);
    return [start, end];
  }

  // ── the product ────────────────────────────────────────────────────────────────────────────

  drawProduct() {
    const { factors, product } = this.data;
    this.product.setAttribute("aria-label", "The same as a product of matrices");
    const written = factors.map((factor, k) => this.matrix(factor, k));
    const total = this.matrixOf(product, product.entries.map((row, i) =>
      row.map((entry, j) => pickButton("nr-entry", `e${i}-${j}`, entry, entry.result))), false, false);
    this.product.replaceChildren(total, ...written.map((matrix, k) =>
      element("div", { class: "nr-group" }, sign(k ? "·" : "="), matrix)));
  }

  matrix(factor, k) {
    const cells = factor.entries.map((row, i) =>
      row.map((entry, j) => entry.zero
        ? math(entry.mathml, { class: "nr-entry nr-zero" })
        : pickButton("nr-entry", `a${k}-${i}-${j}`, entry, entry.mathml)));
    return this.matrixOf(factor, cells, k > 0, k < this.layers - 1);
  }

  /** A matrix over its shape; extents that meet those of the neighbours are told apart. */
  matrixOf({ symbol, rows, columns }, cells, meetsLeft, meetsRight) {
    const grid = element("div", { class: "nr-grid", style: `grid-template-columns: repeat(${columns}, auto)` },
      ...cells.flat());
    const extent = (n, meets) => element(meets ? "b" : "span", {}, String(n));
    return element("figure", { class: "nr-matrix" },
      math(symbol, { class: "nr-name" }), element("div", { class: "nr-brackets" }, grid),
      element("figcaption", { class: "nr-shape" }, extent(rows, meetsLeft), " × ", extent(columns, meetsRight)));
  }

  // ── lighting up ────────────────────────────────────────────────────────────────────────────

  /** What is lit with a pick: the arrows and the entries of the product. */
  lit(name) {
    if (this.now === name && this.drawn === this.data) return;
    this.now = name;
    this.drawn = this.data;
    const arrows = new Set(), entries = new Set();
    if (name?.startsWith("a")) {
      arrows.add(name);
      this.eachEntry((entry, e) => {
        if (entry.paths.some((path) => this.arrowsOf(path).includes(name))) entries.add(e);
      });
    } else if (name) {
      entries.add(name);
      for (const path of this.entryOf(name).paths) this.arrowsOf(path).forEach((a) => arrows.add(a));
    }
    for (const part of this.root.querySelectorAll("[data-pick]")) {
      const pick = part.getAttribute("data-pick");
      part.classList.toggle("nr-lit", arrows.has(pick) || entries.has(pick));
      if (part.hasAttribute("aria-pressed")) part.setAttribute("aria-pressed", String(pick === this.picked));
    }
    this.root.classList.toggle("nr-some", Boolean(name));
    this.drawCard(name);
    growing(this.card);
  }

  eachEntry(act) {
    this.data.product.entries.forEach((row, i) => row.forEach((entry, j) => act(entry, `e${i}-${j}`)));
  }

  entryOf(name) {
    const [i, j] = name.slice(1).split("-").map(Number);
    return this.data.product.entries[i][j];
  }

  /** The arrows on a path of boxes, which goes from the variables on. */
  arrowsOf(path) {
    const { boxes } = path;
    return boxes.slice(1).map((to, c) => `a${this.layers - 1 - c}-${to}-${boxes[c]}`);
  }

  drawCard(name) {
    if (!name) {
      const prompt = "Pick an entry of the product: the paths that it sums over light up. ";
      const quiet = element("p", { class: "nr-quiet" }, prompt);
      this.card.replaceChildren(quiet, verdict(this.data, "p"));
    } else if (name.startsWith("e")) {
      this.drawSum(this.entryOf(name));
    } else {
      const [k, i, j] = name.slice(1).split("-").map(Number);
      const entry = this.entry(k, i, j);
      const uses = [];
      this.eachEntry((sum) => {
        if (sum.paths.some((path) => this.arrowsOf(path).includes(name))) uses.push(sum);
      });
      this.card.replaceChildren(
        element("p", {}, math(entry.symbol), equals(),
          math(entry.mathml, { class: "nr-answer" }),
          element("span", { class: "nr-quiet" }, ` – row ${i + 1}, column ${j + 1} of its Jacobian. `)),
        ...uses.map((sum) => this.equation(sum)));
      light(this.card, [name.slice(1)]);
    }
  }

  drawSum(entry) {
    const count = entry.paths.length;
    const said = count === 1 ? "One path leads there" : count ? `${count} paths lead there; add them up` : "No path leads there";
    this.card.replaceChildren(element("p", { class: "nr-quiet" }, `${said}. Along a path, multiply.`),
      this.equation(entry, true));
  }

  /** ∂f/∂x as the sum over its paths. */
  equation(entry, inSymbols = false) {
    const terms = (what) => entry.paths.flatMap((path, n) => [
      ...(n ? [element("span", { class: "nr-eq" }, "+")] : []), math(path[what], { class: "nr-term" })]);
    const parts = [math(entry.symbol), equals()];
    if (inSymbols && entry.paths.length) parts.push(...terms("symbols"), equals());
    if (entry.paths.length) parts.push(...terms("mathml"), equals());
    parts.push(math(entry.result, { class: "nr-answer" }));
    return element("p", { class: "nr-equation" }, ...parts);
  }
}

/** Where along an arrow a label may stand, best first: near the start the arrows lie apart. */
const ALONG = [0.34, 0.42, 0.5, 0.27, 0.58, 0.66, 0.2, 0.74];

/** Put a label on its arrow where it covers no box and no other label, if there is such a place. */
function put(label, [start, end], taken) {
  const w = label.offsetWidth / 2, h = label.offsetHeight / 2;
  const places = ALONG.map((t) => ({ x: start[0] + t * (end[0] - start[0]), y: start[1] + t * (end[1] - start[1]), w, h }));
  const covers = (a, b) => Math.abs(a.x - b.x) < a.w + b.w + 3 && Math.abs(a.y - b.y) < a.h + b.h + 2;
  const place = places.find((p) => !taken.some((other) => covers(p, other))) ?? places[0];
  label.style.transform = `translate(${place.x}px, ${place.y}px) translate(-50%, -50%)`;
  return place;
}

/** A button with a formula, by which an arrow or an entry is picked. */
const pickButton = (look, name, { words }, source) =>
  element("button", {
    type: "button", class: look, "data-pick": name, "aria-label": words, "aria-pressed": "false",
  }, math(source));

const sign = (text) => element("span", { class: "nr-joint" }, text);

function pickable(event) {
  return event.target.closest?.("[data-pick]")?.getAttribute("data-pick") ?? null;
}
