/** The numbers that belong to the picture, as a small table, and what is amiss, if anything. */

import { element } from "./dom.js";

export class Readings {
  constructor(stage) {
    this.stage = stage;
    this.body = element("tbody");
    this.note = element("p", { class: "nl-note", hidden: true });
    this.offer = element("button", { type: "button", hidden: true, onclick: () => this.accept() });
    // Said aloud when the hand lets go, and not all the way along.
    this.spoken = element("p", { class: "nl-spoken", "aria-live": "polite" });
    const caption = element("caption", { class: "nl-spoken" }, "What the figures show");
    this.table = element("table", { class: "nl-readings" }, caption, this.body);
    this.root = element("div", {}, this.table, this.note, this.offer, this.spoken);
    this.cells = new Map();
  }

  /** Write the numbers of a drawing. */
  show({ readings = [], note = "", offer = null }) {
    const labels = readings.map(({ label }) => label).join("\n");
    if (labels !== this.labels) this.build(readings, labels);
    for (const { label, math } of readings) {
      const cell = this.cells.get(label);
      if (cell.math === math) continue;
      cell.math = math;
      cell.innerHTML = math;
    }
    this.table.hidden = readings.length === 0;
    this.note.hidden = !note;
    if (this.note.textContent !== note) this.note.textContent = note;
    this.offer.hidden = !offer;
    this.offered = offer?.state;
    if (offer && this.offer.textContent !== offer.label) this.offer.textContent = offer.label;
  }

  build(readings, labels) {
    this.labels = labels;
    this.cells = new Map(readings.map(({ label }) => [label, element("td")]));
    const rows = [...this.cells].map(([label, cell]) =>
      element("tr", {}, element("th", { scope: "row" }, label), cell),
    );
    this.body.replaceChildren(...rows);
  }

  accept() {
    this.stage.move(this.offered);
    this.stage.settle();
  }

  /** Say what the figures show. */
  announce({ words = {}, note = "" }) {
    this.spoken.textContent = note || Object.values(words).join(" ");
  }
}
