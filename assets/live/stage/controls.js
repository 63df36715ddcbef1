/** Sliders, fields, choices and buttons above the figures: native ones, which take the keyboard. */

import { numeral, readNumber } from "../numerals.js";
import { element, wantsStillness } from "./dom.js";

const LARGEST = 1e6;
const NO_NUMBER = "A number of at most 1000000, such as 0.5, 1/3 or pi/4.";
// Without movement a play is a few still pictures, long enough to be looked at.
const STILLS = 6;
const STILL_SECONDS = 0.9;

export class Controls {
  constructor(stage) {
    this.stage = stage;
    this.root = element("div", { class: "nl-controls" });
    this.shown = [];
  }

  /** Make the controls of a scene; the point's coordinates come first. */
  build(controls, problem) {
    this.halt();
    const fields = problem.fields === false ? [] : problem.pretty.map((name, k) => coordinate(this, name, k));
    this.shown = [...fields, ...controls.map((control) => KINDS[control.kind](this, control))];
    this.root.replaceChildren(...this.shown.map(({ root }) => root));
  }

  /** Let every control show what the state says. */
  show(state) {
    for (const control of this.shown) control.show(state);
  }

  change(part) {
    this.halt();
    this.stage.move({ ...this.stage.state, ...part });
  }

  /** Let the model play from its beginning to its end, or stop that. */
  play(control, button) {
    if (this.playing) return this.stop();
    const { model, problem } = this.stage;
    const start = this.stage.state;
    const still = wantsStillness();
    const seconds = still ? STILLS * STILL_SECONDS : control.seconds;
    let began;
    let last = -1;
    button.textContent = "■ Stop";
    const step = (now) => {
      began ??= now;
      const part = Math.min((now - began) / 1000 / seconds, 1);
      const shown = still ? Math.floor(part * STILLS) / STILLS : part;
      if (shown !== last) this.stage.move(model.play(problem, start, shown));
      last = shown;
      if (part < 1) this.playing = { frame: requestAnimationFrame(step), button, control };
      else this.stop();
    };
    this.playing = { frame: requestAnimationFrame(step), button, control };
  }

  stop() {
    if (!this.playing) return;
    this.halt();
    this.stage.settle();
  }

  /** Stop without a word to the server. */
  halt() {
    if (!this.playing) return;
    const { frame, button, control } = this.playing;
    this.playing = undefined;
    cancelAnimationFrame(frame);
    button.textContent = `▶ ${control.label}`;
  }
}

function coordinate(controls, name, k) {
  const { stage } = controls;
  // What is being typed is not overwritten by what was asked for before.
  let isTyping = false;
  const take = () => {
    const value = readNumber(input.value);
    const isGood = Math.abs(value) <= LARGEST;
    input.setCustomValidity(isGood ? "" : NO_NUMBER);
    if (!isGood) return input.reportValidity();
    isTyping = false;
    controls.change({ at: stage.state.at.with(k, value) });
    stage.settle();
  };
  const step = (event) => {
    // The arrows go as far as the eye can tell, whatever the range.
    const way = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!way) return;
    event.preventDefault();
    const at = stage.state.at;
    controls.change({ at: at.with(k, at[k] + way * (stage.problem.steps?.[k] ?? 0.1)) });
    settleSoon(stage);
  };
  const input = element("input", {
    type: "text",
    inputmode: "decimal",
    role: "spinbutton",
    autocomplete: "off",
    spellcheck: "false",
    "aria-label": name,
    oninput: () => {
      isTyping = true;
      input.setCustomValidity("");
    },
    onchange: take,
    onkeydown: step,
  });
  const show = ({ at }) => {
    if (isTyping && input === document.activeElement) return;
    const text = String(at[k]);
    if (input.value !== text) input.value = text;
    input.setAttribute("aria-valuenow", text);
  };
  return { root: element("label", { class: "nl-field" }, `${name} = `, input), show };
}

function slider(controls, { name, label, low, high, step, log, unit = "", shows = true, place, sets }) {
  const inward = log ? Math.log10 : (value) => value;
  const outward = log ? (value) => 10 ** value : (value) => value;
  const text = (value) => `${numeral(value, 3)}${unit}`;
  const output = element("output");
  const input = element("input", {
    type: "range",
    min: inward(low),
    max: inward(high),
    step: step ?? "any",
    "aria-label": label,
    oninput: () => {
      const value = outward(input.valueAsNumber);
      const list = controls.stage.state[name];
      controls.change({ ...sets, [name]: place == null ? value : list.with(place, value) });
    },
    onchange: () => controls.stage.settle(),
  });
  const root = element("label", { class: "nl-slider" }, element("span", {}, label), input);
  if (shows) root.append(output);
  return {
    root,
    show: (state) => {
      const value = place == null ? state[name] : state[name][place];
      // What the reader has just set is not set again: a browser would round it to its step.
      if (Math.abs(outward(input.valueAsNumber) - value) > 1e-5 * Math.abs(value)) input.value = inward(value);
      output.textContent = text(value);
      input.setAttribute("aria-valuetext", text(value));
    },
  };
}

function choice(controls, { name, label, options }) {
  const select = element(
    "select",
    {
      onchange: () => {
        const { model, problem, state } = controls.stage;
        const act = model.actions?.[name] ?? (() => ({ ...state, [name]: select.value }));
        controls.stage.move(act(problem, state, select.value));
        controls.stage.settle();
      },
    },
    ...options.map(([value, text]) => element("option", { value }, text)),
  );
  return {
    root: element("label", { class: "nl-choice" }, element("span", {}, label), select),
    show: (state) => {
      if (select.value !== state[name]) select.value = state[name];
      // An address may name what another function has; the first is then what the model shows.
      if (select.selectedIndex < 0) select.selectedIndex = 0;
    },
  };
}

function toggle(controls, { name, label }) {
  const input = element("input", {
    type: "checkbox",
    onchange: () => {
      controls.change({ [name]: input.checked });
      controls.stage.settle();
    },
  });
  return {
    root: element("label", { class: "nl-toggle" }, input, label),
    show: (state) => {
      input.checked = Boolean(state[name]);
    },
  };
}

function play(controls, control) {
  const button = element(
    "button",
    { type: "button", onclick: () => controls.play(control, button) },
    `▶ ${control.label}`,
  );
  return { root: button, show: () => {} };
}

function press(controls, { name, label }) {
  const button = element("button", {
    type: "button",
    onclick: () => {
      const { model, problem, state } = controls.stage;
      controls.stage.move(model.actions[name](problem, state));
      controls.stage.settle();
    },
  });
  button.textContent = label;
  return { root: button, show: () => {} };
}

const KINDS = { slider, choice, toggle, play, press };

/** After the last of several presses of a key, as after the release of a button. */
export function settleSoon(stage) {
  clearTimeout(stage.soon);
  stage.soon = setTimeout(() => stage.settle(), 400);
}
