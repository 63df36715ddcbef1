/** One Plotly figure of a stage: what moves in it, its handles, its keys, its words. */

import { downloads } from "./download.js";
import { element, loadPlotly, whenIdle } from "./dom.js";
import { Handles } from "./handles.js";
import { movedInSpace, Sheet } from "./quick.js";
import { View } from "./view.js";

const CONFIG = { displayModeBar: false, displaylogo: false, scrollZoom: false, showTips: false };
// Height over width, and how tall at most: of a figure on its own, or of one in a row.
const ASPECT = 0.86;
const LOWEST = 250;
const NEARLY_SEEN = { rootMargin: "200px" };

// Plotly names clips after its traces, for the whole page: no two may have one name.
let made = 0;

export class PlotFigure {
  constructor(stage, name) {
    this.stage = stage;
    this.name = name;
    this.number = ++made;
    this.plot = element("div", { class: "nl-plot" });
    this.layer = element("div", { class: "nl-layer" }, this.plot);
    this.words = element("figcaption", { class: "nl-words" });
    this.tools = element("div", { class: "nl-tools" });
    this.root = element("figure", { class: "nl-figure" }, this.layer, this.tools, this.words);
    this.root.dataset.figure = name;
    this.sheet = new Sheet(this.layer, this.plot);
    this.handles = new Handles(this);
    this.view = new View(this);
    this.tools.append(...this.view.buttons, downloads(this));
    // What nobody sees is drawn when the browser has nothing else to do, and again when it is seen.
    this.isSeen = false;
    this.looked = new Promise((done) => {
      this.found = done;
    });
    this.watch = new IntersectionObserver((entries) => {
      this.isSeen = entries.at(-1).isIntersecting;
      if (this.isSeen) this.catchUp();
      this.found();
    }, NEARLY_SEEN);
    this.watch.observe(this.root);
    this.print = () => this.catchUp();
    addEventListener("beforeprint", this.print);
    this.resize = new ResizeObserver(() => this.fit());
    this.resize.observe(this.layer);
  }

  /** Take the figure that Python made, with what moves as it is in this drawing. */
  async build({ data, layout, version }, drawn) {
    this.version = version;
    this.title = layout.title?.text ?? this.name;
    this.places = new Map(data.map((trace, k) => [trace.name, k]));
    this.tallest = layout.height ?? 430;
    this.isSpace = "scene" in layout;
    this.plot.setAttribute("aria-label", `${this.title}. ${this.view.help}`);
    this.data = data.map((trace, k) => ({ ...trace, uid: `nl${this.number}-${k}` }));
    this.put(drawn.traces?.[this.name]);
    // The first drawing is that of Python; what the reader has turned or zoomed since then stays.
    const seen = facing(layout, drawn.eyes?.[this.name]);
    this.layout = { ...seen, ...this.size(), uirevision: "reader" };
    this.layer.style.minHeight = `${this.layout.height}px`;
    this.view.open(this.layout);
    this.laid = "{}";
    this.layOut(drawn.layouts?.[this.name], this.layout);
    this.isNew = true;
    await this.looked;
    if (this.isClosed) return;
    this.whole = this.isSeen ? this.catchUp() : whenIdle(() => this.catchUp());
    if (this.isSeen) await this.whole;
  }

  /** Draw what has not been drawn since nobody saw it. */
  async catchUp() {
    if (this.isClosed) return;
    if (this.isNew) {
      this.isNew = false;
      this.drawing = this.first();
    }
    await this.drawing;
    if (this.waiting) this.show(this.waiting, { isDue: true });
  }

  async first() {
    this.Plotly = await loadPlotly(this.version);
    if (this.isClosed) return;
    this.sheet.clear();
    Object.assign(this.layout, this.size());
    await this.Plotly.react(this.plot, this.data, this.layout, CONFIG);
    if (this.isClosed) return;
    if (!this.isBound) this.bind();
    this.handles.place();
  }

  bind() {
    this.isBound = true;
    this.plot.on("plotly_afterplot", () => this.handles.place());
    this.plot.on("plotly_relayouting", () => this.handles.place());
    this.plot.on("plotly_relayout", () => this.handles.place());
    this.view.bind();
  }

  size() {
    const width = Math.max(200, Math.floor(this.layer.clientWidth));
    const height = Math.max(LOWEST, Math.min(this.tallest, Math.round(width * ASPECT)));
    return { width, height, autosize: false };
  }

  fit() {
    if (!this.isBound) return;
    const size = this.size();
    if (size.width === this.layout.width && size.height === this.layout.height) return;
    Object.assign(this.layout, size);
    this.layer.style.minHeight = `${size.height}px`;
    this.Plotly.relayout(this.plot, { width: size.width, height: size.height });
  }

  /**
   * Show a drawing: new values for the traces that move.  While a hand is moving these alone are
   * drawn, if that can be done.
   */
  show(drawn, { isMoving = false, isDue = this.isSeen } = {}) {
    const words = drawn.words?.[this.name] ?? "";
    if (this.words.textContent !== words) this.words.textContent = words;
    this.picks = drawn.picks?.[this.name];
    this.handles.show((drawn.handles ?? []).filter(({ figure }) => figure === this.name));
    this.waiting = isDue && this.isBound ? undefined : drawn;
    if (this.waiting) return;
    if (!isMoving) this.view.face(drawn.eyes?.[this.name]);
    const isLaidOut = this.layOut(drawn.layouts?.[this.name]);
    const changes = this.put(drawn.traces?.[this.name]);
    const isWaiting = this.isSketch && !isMoving;
    if (changes.length === 0 && !isLaidOut && !isWaiting) return;
    this.isSketch = isMoving && !isLaidOut && this.drawQuickly(changes);
    if (!this.isSketch) this.drawAll();
  }

  drawAll() {
    this.sheet.clear();
    this.drawing = this.Plotly.react(this.plot, this.data, this.layout, CONFIG);
  }

  /** Take other axes into the layout; whether they are others than before. */
  layOut(attributes = {}, layout = this.plot.layout) {
    const text = JSON.stringify(attributes);
    if (text === this.laid) return false;
    this.laid = text;
    this.view.relaid(attributes);
    this.layout = changed(layout, attributes);
    return true;
  }

  drawQuickly(changes) {
    if (this.isSpace) return movedInSpace(this.plot, changes);
    const traces = changes.map(([place]) => this.data[place]);
    if (!this.sheet.canDraw(traces)) return false;
    this.sheet.draw(changes.map(([place]) => [place, this.data[place]]));
    return true;
  }

  /** Write new attributes into the data; [place, attributes] of each trace that has other ones. */
  put(traces = {}) {
    const changes = [];
    for (const [name, given] of Object.entries(traces)) {
      const place = this.places.get(name);
      if (place === undefined) continue;
      const attributes = others(this.data[place], given);
      if (Object.keys(attributes).length === 0) continue;
      this.data[place] = changed(this.data[place], attributes);
      changes.push([place, attributes]);
    }
    return changes.sort(([a], [b]) => a - b);
  }

  close() {
    this.isClosed = true;
    this.watch.disconnect();
    this.found();
    removeEventListener("beforeprint", this.print);
    this.resize.disconnect();
    this.root.remove();
    // Plotly must not lose what it is just drawing.
    Promise.resolve(this.drawing).finally(() => this.Plotly?.purge(this.plot));
  }
}

/** A layout in space, seen from another place. */
function facing(layout, eye) {
  if (!layout.scene || !eye) return layout;
  const [x, y, z] = eye;
  return changed(layout, { "scene.camera.eye": { x, y, z } });
}

/** The attributes that a trace does not have already. */
function others(trace, attributes) {
  const value = (path) => path.split(".").reduce((part, key) => part?.[key], trace);
  return Object.fromEntries(Object.entries(attributes).filter(([path, other]) => value(path) !== other));
}

/** A copy of a trace or layout in which attributes such as "marker.color" have other values. */
function changed(original, attributes) {
  const copy = { ...original };
  for (const [path, value] of Object.entries(attributes)) {
    const keys = path.split(".");
    let part = copy;
    for (const key of keys.slice(0, -1)) part = part[key] = { ...part[key] };
    part[keys.at(-1)] = value;
  }
  return copy;
}
