/**
 * What can be dragged in a plane figure: elements that lie over the plot, so that mouse, finger and
 * arrow keys take hold of them and a screen reader finds them.
 */

import { settleSoon } from "./controls.js";
import { element, onClick } from "./dom.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
// An arrow key goes this part of the axis; with shift a tenth of it.
const KEY_STEP = 1 / 80;
// A point is dragged to round numbers, this many or more of them along an axis.
const PLACES = 200;

export class Handles {
  constructor(figure) {
    this.figure = figure;
    this.shown = new Map();
    onClick(figure.plot, (event) => this.click(event));
  }

  get stage() {
    return this.figure.stage;
  }

  get axes() {
    const full = this.figure.plot._fullLayout;
    return full?.xaxis && full?.yaxis ? [full.xaxis, full.yaxis] : null;
  }

  /** Have one element for each handle of a drawing. */
  show(handles) {
    const ids = new Set(handles.map(({ id }) => id));
    for (const [id, { knob }] of this.shown) {
      if (ids.has(id)) continue;
      knob.remove();
      this.shown.delete(id);
    }
    for (const handle of handles) {
      const held = this.shown.get(handle.id) ?? this.make(handle.id);
      held.handle = handle;
      held.knob.setAttribute("aria-label", handle.label);
      held.knob.setAttribute("aria-valuetext", handle.text);
      held.knob.setAttribute("aria-valuenow", handle.at[0]);
      held.knob.dataset.shape = handle.shape ?? "point";
    }
    this.place();
  }

  make(id) {
    const knob = element("div", { class: "nl-handle", role: "slider", tabindex: "0" });
    knob.dataset.handle = id;
    const held = { knob, handle: null };
    knob.addEventListener("pointerdown", (event) => this.grasp(event, held));
    knob.addEventListener("keydown", (event) => this.press(event, held));
    this.figure.layer.append(knob);
    this.shown.set(id, held);
    return held;
  }

  /** Put the elements where the points are on the screen. */
  place() {
    const axes = this.axes;
    for (const { knob, handle } of this.shown.values()) {
      const spot = axes && pixels(axes, handle.at);
      knob.hidden = !spot || !isWithin(axes, spot);
      if (!knob.hidden) knob.style.transform = `translate(${spot[0]}px, ${spot[1]}px)`;
    }
  }

  grasp(event, held) {
    if (event.button !== 0) return;
    event.preventDefault();
    this.stage.controls.halt();
    held.knob.focus({ preventScroll: true });
    held.knob.setPointerCapture(event.pointerId);
    // The point stays under the finger where it was taken hold of.
    const spot = pixels(this.axes, held.handle.at);
    const off = [event.clientX - spot[0], event.clientY - spot[1]];
    const move = (moved) => this.drag(held, [moved.clientX - off[0], moved.clientY - off[1]]);
    const release = () => {
      held.knob.removeEventListener("pointermove", move);
      held.knob.removeEventListener("lostpointercapture", release);
      this.stage.settle();
    };
    held.knob.addEventListener("pointermove", move);
    held.knob.addEventListener("lostpointercapture", release);
  }

  drag(held, spot) {
    const at = this.axes.map((axis, k) => {
      const length = axis._length;
      const inside = Math.max(0, Math.min(length, spot[k] - axis._offset));
      return snapped(axis.p2l(inside), axis);
    });
    this.stage.move(held.handle.move(at));
  }

  press(event, held) {
    const way = ARROWS[event.key];
    if (!way || !this.axes) return;
    event.preventDefault();
    this.stage.controls.halt();
    const part = event.shiftKey ? KEY_STEP / 10 : KEY_STEP;
    const at = this.axes.map((axis, k) => {
      if (way[k] === 0) return held.handle.at[k];
      if (axis.type === "log") return held.handle.at[k] * 10 ** (way[k] * part * span(axis));
      return held.handle.at[k] + way[k] * (held.handle.step?.[k] ?? round(span(axis) * part));
    });
    this.stage.move(held.handle.move(at));
    settleSoon(this.stage);
  }

  /** A click, or a tap, anywhere in the plot takes the first handle there. */
  click(event) {
    const [held] = this.shown.values();
    const box = this.figure.layer.getBoundingClientRect();
    const spot = [event.clientX - box.left, event.clientY - box.top];
    if (!held || !this.axes || !isWithin(this.axes, spot)) return;
    this.drag(held, spot);
    this.stage.settle();
  }
}

function pixels(axes, at) {
  return axes.map((axis, k) => axis._offset + axis.l2p(axis.type === "log" ? Math.log10(at[k]) : at[k]));
}

function isWithin(axes, spot) {
  return axes.every((axis, k) => {
    const along = spot[k] - axis._offset;
    return along >= -1 && along <= axis._length + 1;
  });
}

function span(axis) {
  return Math.abs(axis.range[1] - axis.range[0]);
}

/** The place on an axis as a number that is as round as the eye can tell. */
function snapped(linear, axis) {
  if (axis.type === "log") return Number((10 ** linear).toPrecision(3));
  const step = round(span(axis) / PLACES);
  return Number((Math.round(linear / step) * step).toPrecision(12));
}

/** The power of ten next below a length. */
function round(length) {
  return 10 ** Math.floor(Math.log10(length));
}
