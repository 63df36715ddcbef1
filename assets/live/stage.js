/**
 * A laboratory: figures, handles to drag, controls and read-outs that move together.
 *
 * What is drawn is said by a model, a module of ./labs without any DOM:
 *
 *   draw(problem, state) → {
 *     traces:   { figure: { trace: { attribute: value } } },  what has moved, by the names of
 *               traces in the figures that Python made; attributes as in Plotly, "marker.color"
 *     layouts:  { figure: { attribute: value } },   optional: other axes, such as "xaxis.range"
 *     readings: [{ label, math }],       a small table; ``math`` is MathML
 *     words:    { figure: sentence },    what each figure shows, for those who do not see it
 *     shows:    { name: value },     optional: what a slider or a choice shows in place of the state's
 *     handles:  [{ id, figure, at: [x, y], label, text, move: ([x, y]) => state }],
 *               optional: ``step``, how far an arrow key goes along each axis
 *     picks:    { figure: ([x, y, z]) => state },   optional: a click in space
 *     eyes:     { figure: [x, y, z] },              optional: where to look at a space from, at rest
 *     note:     sentence,                           optional: what is amiss here
 *     offer:    { label, state },                   optional: a way out of it
 *   }
 *   play(problem, state, part) → state              optional: part goes from 0 to 1
 *   actions: { name: (problem, state, value) => state }   optional: of the buttons, and of choices
 *
 * ``problem`` is what Python sent once, with ``problem.functions(at)`` for f and its derivatives.
 * A state is plain data and never changed in place.  Between the press of a button and its release
 * nothing goes to the server.
 */

import * as F from "./functions.js";
import { round } from "./numerals.js";
import { Controls } from "./stage/controls.js";
import { PlotFigure } from "./stage/figure.js";
import { Readings } from "./stage/readings.js";
import { follow, publish } from "./stage/shared.js";
import { element, styleSheet } from "./stage/dom.js";

/** Show the stage in an element; ``report`` is called with the state when a change is finished. */
export async function show(root, data, report) {
  await styleSheet("live/stage.css");
  const stage = new Stage(root, report);
  await stage.update(data);
  return stage;
}

/** The function that generated source computes.  The page may not evaluate text; a blob it may. */
async function compiled(source) {
  const blob = new Blob([`export default ${source}`], { type: "text/javascript" });
  const url = URL.createObjectURL(blob);
  try {
    return (await import(url)).default(F);
  } finally {
    URL.revokeObjectURL(url);
  }
}

class Stage {
  constructor(root, report) {
    this.report = report;
    this.controls = new Controls(this);
    this.readings = new Readings(this);
    this.figures = new Map();
    this.taken = Promise.resolve();
    this.area = element("div", { class: "nl-figures" });
    const panel = element("div", { class: "nl-panel" }, this.controls.root, this.readings.root);
    this.root = element("div", { class: "nl-stage" }, panel, this.area);
    root.append(this.root);
    this.unfollow = follow(this, (state, { isDone }) => {
      // One name means one thing on a page: the point, and what else both have.
      const both = Object.keys(this.state ?? {}).filter((name) => name in state);
      const part = Object.fromEntries(both.map((name) => [name, state[name]]));
      this.move({ ...this.state, ...part }, { shared: true });
      if (isDone) this.rest();
    });
  }

  /** Take what Python sent, one after the other; of several that wait the last alone. */
  update(data) {
    this.latest = data;
    this.taken = this.taken
      .then(() => data === this.latest && this.take(data))
      .catch((problem) => console.error(problem)); // what comes next is another matter
    return this.taken;
  }

  /** Take another scene, or another state, or what is known already. */
  async take(data) {
    const isNew = data.id !== this.data?.id;
    if (isNew) await this.prepare(data);
    this.data = data;
    if (data.told.serial !== this.serial) {
      this.serial = data.told.serial;
      this.state = data.told.state;
      publish(this, data.problem.names, this.state);
    }
    if (isNew) await this.build();
    else this.refresh();
  }

  async prepare(data) {
    const [model, f] = await Promise.all([
      import(`./labs/${data.model}.js`),
      data.program ? compiled(data.program) : null,
    ]);
    this.model = model;
    const constants = data.problem.constants ?? [];
    this.problem = { ...data.problem, functions: (at) => f(at, constants) };
  }

  async build() {
    const { figures, controls, label, id } = this.data;
    delete this.root.dataset.ready;
    // What is held by the hand belongs to the scene before.
    for (const figure of this.figures.values()) figure.handles.show([]);
    this.root.setAttribute("role", "group");
    this.root.setAttribute("aria-label", label);
    this.root.dataset.figures = Object.keys(figures).length;
    this.controls.build(controls, this.problem);
    for (const [name, figure] of this.figures) if (!(name in figures)) this.remove(name, figure);
    this.drawn = this.model.draw(this.problem, this.state);
    await Promise.all(
      Object.entries(figures).map(([name, made]) => {
        if (!this.figures.has(name)) this.figures.set(name, new PlotFigure(this, name));
        const figure = this.figures.get(name);
        this.area.append(figure.root);
        return figure.build(made, this.drawn);
      }),
    );
    this.rest();
    const wholes = [...this.figures.values()].map(({ whole }) => whole);
    Promise.all(wholes).then(() => {
      if (this.data.id === id) this.root.dataset.ready = id;
    });
  }

  remove(name, figure) {
    figure.close();
    this.figures.delete(name);
  }

  get names() {
    return this.problem?.names ?? [];
  }

  /**
   * Go to a state, while the hand is moving: everything follows at once.  Browsers give the moves
   * of a hand frame by frame already; to wait for the next one would be to come late.
   */
  move(state, { shared = false } = {}) {
    if (!this.drawn) return;
    this.state = rounded(state);
    this.refresh({ isMoving: true });
    if (!shared) publish(this, this.names, this.state);
  }

  /** Nothing moves any more: the figures are drawn whole, with all that they say when pointed at. */
  rest() {
    this.refresh();
  }

  /** The hand has let go: the state is kept, in the page's address. */
  settle() {
    this.rest();
    publish(this, this.names, this.state, { isDone: true });
    this.readings.announce(this.drawn);
    const state = JSON.stringify(this.state);
    if (state === this.reported) return;
    this.reported = state;
    this.report(this.state);
  }

  refresh(how) {
    this.drawn = this.model.draw(this.problem, this.state);
    this.controls.show({ ...this.state, ...this.drawn.shows });
    for (const figure of this.figures.values()) figure.show(this.drawn, how);
    this.readings.show(this.drawn);
    this.root.dispatchEvent(new CustomEvent("nl-drawn"));
  }

  close() {
    this.unfollow();
    clearTimeout(this.soon);
    this.controls.halt();
    for (const [name, figure] of this.figures) this.remove(name, figure);
    this.root.remove();
  }
}

/** Six digits, as they are kept in the address: the page that is opened again shows the same. */
function rounded(value) {
  if (typeof value === "number") return round(value, 6);
  if (Array.isArray(value)) return value.map(rounded);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, rounded(part)]));
}
