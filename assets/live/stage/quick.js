/**
 * Drawing what has moved, and nothing else, while a hand is moving.
 *
 * Plotly has one way to show new data, which goes through the whole figure: 40 to 80 ms where a frame
 * has 16.  In space the objects that moved are told so themselves, which takes Plotly's inner parts
 * (those of the version that the app brings).  In the plane lines and points are drawn over the
 * figure, as Plotly would draw them.  Both say false where they cannot, and Plotly then does it.
 */

const DATA = new Set([
  "x", "y", "z", "i", "j", "k", "u", "v", "w", "value", "intensity", "surfacecolor", "customdata",
  "hovertemplate", "text",
]); // prettier-ignore

/** Give the traces in space their new data; whether that could be done. */
export function movedInSpace(plot, changes) {
  const scene = plot._fullLayout?.scene?._scene;
  if (!scene?.traces || typeof scene.glplot?.redraw !== "function") return false;
  const moves = [];
  for (const [place, attributes] of changes) {
    const full = plot._fullData[place];
    const drawn = scene.traces[full?.uid];
    if (typeof drawn?.update !== "function") return false;
    if (!Object.keys(attributes).every((name) => DATA.has(name))) return false;
    // Plotly's lines in space cannot become empty by themselves.
    if (full.type === "scatter3d" && !hasPoint(attributes.x ?? full.x)) return false;
    moves.push([drawn, full, attributes]);
  }
  for (const [drawn, full, attributes] of moves) drawn.update(Object.assign(full, attributes));
  scene.glplot.redraw();
  return true;
}

const hasPoint = (x) => Array.from(x ?? []).some(Number.isFinite);

const SVG = "http://www.w3.org/2000/svg";
const DASHES = { solid: "", dot: "1 2", dash: "3 3", longdash: "5 3", dashdot: "3 2 1 2" };
const SYMBOLS = {
  circle: (x, y, r) => `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0Z`,
  square: (x, y, r) => `M${x - r},${y - r}h${2 * r}v${2 * r}h${-2 * r}Z`,
  diamond: (x, y, r) => `M${x - 1.3 * r},${y}l${1.3 * r},${-1.3 * r}l${1.3 * r},${1.3 * r}l${-1.3 * r},${1.3 * r}Z`,
};

/** A sheet over a plane figure, on which its moving traces are drawn. */
export class Sheet {
  constructor(layer, plot) {
    this.plot = plot;
    this.svg = document.createElementNS(SVG, "svg");
    this.svg.setAttribute("class", "nl-sheet");
    this.svg.setAttribute("aria-hidden", "true");
    layer.append(this.svg);
    this.paths = new Map();
    this.hidden = new Map();
  }

  /** Whether all of these traces are of the kinds that are drawn here. */
  canDraw(traces) {
    const full = this.plot._fullLayout;
    return Boolean(full?.xaxis?.d2p && full?.yaxis?.d2p) && traces.every(isPlain);
  }

  /** Draw the traces, [place, trace] each, in their order; those of Plotly are hidden meanwhile. */
  draw(traces) {
    const { xaxis, yaxis } = this.plot._fullLayout;
    const box = { x: xaxis._offset, y: yaxis._offset, width: xaxis._length, height: yaxis._length };
    for (const [name, value] of Object.entries(box)) this.svg.style[PLACED[name]] = `${value}px`;
    const toPixels = (trace) => points(trace).map((p) => p && [xaxis.d2p(p[0]), yaxis.d2p(p[1])]);
    for (const [place, trace] of traces) {
      const spots = toPixels(trace);
      const mode = trace.mode ?? "lines";
      this.path(`${place} line`, /lines/.test(mode) && outline(spots), lineStyle(trace));
      this.path(`${place} points`, /markers/.test(mode) && marks(spots, trace.marker), markerStyle(trace.marker));
      if (/text/.test(mode)) this.texts(`${place} text`, spots, trace);
    }
    this.hide(traces.map(([, trace]) => trace.uid));
    this.svg.style.display = "block";
  }

  path(key, d, style) {
    if (d === false) return;
    if (!this.paths.has(key)) {
      const path = document.createElementNS(SVG, "path");
      this.svg.append(path);
      this.paths.set(key, path);
    }
    const path = this.paths.get(key);
    path.setAttribute("d", d);
    for (const [name, value] of Object.entries(style)) path.setAttribute(name, value);
  }

  texts(key, spots, { text = [], textposition = "middle center", textfont = {} }) {
    if (!this.paths.has(key)) {
      this.paths.set(key, document.createElementNS(SVG, "g"));
      this.svg.append(this.paths.get(key));
    }
    const words = spots.map((spot, k) => {
      const word = document.createElementNS(SVG, "text");
      const style = spot ? textStyle(spot, [textposition].flat()[k] ?? "middle center", textfont) : {};
      for (const [name, value] of Object.entries(style)) word.setAttribute(name, value);
      word.textContent = spot ? [text].flat()[k] ?? "" : "";
      return word;
    });
    this.paths.get(key).replaceChildren(...words);
  }

  hide(uids) {
    for (const uid of uids) {
      if (this.hidden.has(uid)) continue;
      this.hidden.set(uid, [...this.plot.querySelectorAll(`.trace${uid}, .fill${uid}`)]);
      for (const drawn of this.hidden.get(uid)) drawn.style.visibility = "hidden";
    }
  }

  /** Plotly has drawn all of it: the sheet is empty again. */
  clear() {
    this.svg.style.display = "none";
    for (const drawn of [...this.hidden.values()].flat()) drawn.style.visibility = "";
    this.hidden.clear();
    // What is drawn here next may be of other traces.
    this.svg.replaceChildren();
    this.paths.clear();
  }
}

const PLACED = { x: "left", y: "top", width: "width", height: "height" };

function isPlain({ type = "scatter", mode = "lines", line, marker, text, textfont, fill = "none", visible = true }) {
  const isText = /text/.test(mode);
  const simple = [textfont?.color, marker?.color, marker?.size, marker?.opacity, marker?.symbol].every((v) => !Array.isArray(v));
  return (
    type === "scatter" && simple && visible === true && (isText || !(Array.isArray(text) && text.length)) &&
    ["none", "toself"].includes(fill) && (line?.shape ?? "linear") === "linear" &&
    (marker?.symbol ?? "circle") in SYMBOLS && (line?.dash ?? "solid") in DASHES
  );
}

function points({ x = [], y = [] }) {
  return Array.from(x, (value, k) => (isNumber(value) && isNumber(y[k]) ? [value, y[k]] : null));
}

const isNumber = (value) => typeof value === "number" && Number.isFinite(value);

function outline(spots) {
  let d = "";
  let isPen = false;
  for (const spot of spots) {
    if (spot) d += `${isPen ? "L" : "M"}${spot[0].toFixed(2)},${spot[1].toFixed(2)}`;
    isPen = spot !== null;
  }
  return d;
}

function marks(spots, marker = {}) {
  const symbol = SYMBOLS[marker.symbol ?? "circle"];
  return spots.map((spot) => (spot ? symbol(...spot, (marker.size ?? 6) / 2) : "")).join("");
}

function lineStyle({ line = {}, fill = "none", fillcolor, opacity = 1 }) {
  const width = line.width ?? 2;
  const dash = DASHES[line.dash ?? "solid"].split(" ").map((part) => part * Math.max(width, 3));
  return {
    stroke: line.color ?? "none",
    "stroke-width": width,
    "stroke-dasharray": line.dash && line.dash !== "solid" ? dash.join(" ") : "none",
    "stroke-linejoin": "round",
    fill: fill === "toself" ? fillcolor ?? "none" : "none",
    opacity,
  };
}

const ASIDE = { left: -1, center: 0, right: 1 };
const ANCHORS = { left: "end", center: "middle", right: "start" };
const HEIGHTS = { top: -0.5, middle: 0.35, bottom: 1.2 };

/** Beside its point, as Plotly's "top left" has it. */
function textStyle([x, y], position, { size = 14, color = "currentColor" }) {
  const [up, aside] = position.split(" ");
  return {
    x: x + 5 * ASIDE[aside],
    y: y + size * HEIGHTS[up],
    "text-anchor": ANCHORS[aside],
    "font-size": size,
    fill: color,
  };
}

function markerStyle(marker = {}) {
  return {
    fill: marker.color ?? "none",
    stroke: marker.line?.color ?? "none",
    "stroke-width": marker.line?.width ?? 0,
    opacity: marker.opacity ?? 1,
  };
}
