/** Turning, shifting and zooming a figure: by mouse as Plotly does it, by keys and buttons here. */

import { element, onClick } from "./dom.js";

const TURN = Math.PI / 24;
const ZOOM = 1.25;
const SHIFT = 0.08;
// So near to the poles the camera does not go, where there is no up.
const STEEPEST = 1.45;

export class View {
  constructor(figure) {
    this.figure = figure;
    this.buttons = [
      this.button("+", "Closer", () => this.zoom(1 / ZOOM)),
      this.button("−", "Further away", () => this.zoom(ZOOM)),
      this.button("⟲", "The view as at first", () => this.reset()),
    ];
    figure.plot.tabIndex = 0;
    figure.plot.setAttribute("role", "application");
    figure.plot.setAttribute("aria-roledescription", "figure");
    figure.plot.addEventListener("keydown", (event) => this.press(event));
  }

  get help() {
    const arrows = this.figure.isSpace ? "turn it" : "shift it";
    return `Arrow keys ${arrows}, plus and minus zoom, 0 brings the first view back.`;
  }

  button(sign, label, onclick) {
    return element("button", { type: "button", title: label, "aria-label": label, onclick }, sign);
  }

  /** Keep the view of a layout that the reader has not changed. */
  open({ scene, xaxis, yaxis }) {
    if (scene) {
      this.first = { "scene.camera": structuredClone(scene.camera) };
      return;
    }
    this.first = {};
    for (const [name, axis] of Object.entries({ xaxis, yaxis })) {
      if (axis?.range) this.first[`${name}.range`] = [...axis.range];
      else this.first[`${name}.autorange`] = true;
    }
  }

  /** Listen for clicks on what is drawn in space. */
  bind() {
    const { plot } = this.figure;
    let seen = null;
    // Plotly's own click in space comes several times, and at the end of turning, too.
    plot.on("plotly_hover", ({ points }) => {
      seen = points[0];
    });
    plot.on("plotly_unhover", () => {
      seen = null;
    });
    onClick(plot, () => {
      const { picks, stage, isSpace } = this.figure;
      if (!seen || !picks || !isSpace) return;
      stage.move(picks([seen.x, seen.y, seen.z]));
      stage.settle();
    });
  }

  /** Other axes have another first view. */
  relaid(attributes) {
    for (const path of Object.keys(this.first)) {
      if (path in attributes) this.first[path] = [...attributes[path]];
    }
  }

  change(update) {
    this.figure.Plotly?.relayout(this.figure.plot, update);
  }

  reset() {
    this.change(structuredClone(this.first));
  }

  /** Look from another place, unless the reader has turned the figure. */
  face(eye) {
    if (!eye || !this.figure.isSpace || !this.first) return;
    const camera = this.first["scene.camera"];
    const now = this.figure.plot._fullLayout.scene.camera.eye;
    const place = { x: eye[0], y: eye[1], z: eye[2] };
    if (!isSame(now, camera.eye) || isSame(now, place)) return;
    camera.eye = place;
    this.reset();
  }

  zoom(factor) {
    if (!this.figure.isBound) return;
    if (this.figure.isSpace) return this.eye(([r, a, b]) => [r * factor, a, b]);
    this.ranges((low, high) => {
      const [middle, half] = [(low + high) / 2, ((high - low) / 2) * factor];
      return [middle - half, middle + half];
    });
  }

  press(event) {
    if (event.target !== this.figure.plot || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = {
      "+": () => this.zoom(1 / ZOOM),
      "=": () => this.zoom(1 / ZOOM),
      "-": () => this.zoom(ZOOM),
      0: () => this.reset(),
      ArrowLeft: () => this.turn(-1, 0),
      ArrowRight: () => this.turn(1, 0),
      ArrowUp: () => this.turn(0, 1),
      ArrowDown: () => this.turn(0, -1),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  turn(right, up) {
    if (!this.figure.isBound) return;
    if (this.figure.isSpace) {
      this.eye(([r, a, b]) => [r, a + right * TURN, clamp(b + up * TURN, STEEPEST)]);
      return;
    }
    this.ranges((low, high, axis) => {
      const by = (axis === "xaxis" ? right : up) * SHIFT * (high - low);
      return [low + by, high + by];
    });
  }

  ranges(next) {
    const full = this.figure.plot._fullLayout;
    const update = {};
    for (const axis of ["xaxis", "yaxis"]) update[`${axis}.range`] = next(...full[axis].range, axis);
    this.change(update);
  }

  /** Move the camera on the sphere around what it looks at: radius, azimuth, height. */
  eye(next) {
    const camera = structuredClone(this.figure.plot._fullLayout.scene.camera);
    const [x, y, z] = ["x", "y", "z"].map((k) => camera.eye[k] - camera.center[k]);
    const radius = Math.hypot(x, y, z);
    const [r, a, b] = next([radius, Math.atan2(y, x), Math.asin(z / radius)]);
    const away = [r * Math.cos(b) * Math.cos(a), r * Math.cos(b) * Math.sin(a), r * Math.sin(b)];
    ["x", "y", "z"].forEach((k, place) => {
      camera.eye[k] = camera.center[k] + away[place];
    });
    this.change({ "scene.camera": camera });
  }
}

function isSame(a, b) {
  return ["x", "y", "z"].every((k) => Math.abs(a[k] - b[k]) < 1e-6);
}

function clamp(value, most) {
  return Math.max(-most, Math.min(most, value));
}
