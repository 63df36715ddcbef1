/**
 * A field in which a formula is typed as it looks: MathLive, in place of a text field.
 *
 * It tells the server its LaTeX after a pause in typing, and takes from there only what it has not
 * told itself, so that the caret stays where it is while the page runs again.
 */

import { offerKeys, useKeyboard } from "./math_field/keyboard.js";
import { SHORTCUTS } from "./math_field/shortcuts.js";
import { latexOf, typeAsInText } from "./math_field/typing.js";
import { styleSheet } from "./stage/dom.js";

/** In milliseconds: long enough not to ask after each letter. */
const PAUSE = 350;
const MISSING = "The visual editor did not come from the server: switch it off to type text.";

let mathlive;

/** MathLive's module, once for the page; ``home`` is its place on this server. */
function load(home) {
  mathlive ??= (async () => {
    const base = new URL(`${home}/`, document.baseURI);
    const module = await import(new URL("mathlive.min.mjs", base));
    module.MathfieldElement.fontsDirectory = new URL("fonts", base).href;
    module.MathfieldElement.soundsDirectory = null;
    module.MathfieldElement.scientificNotationTemplate = null;
    // In a frame MathLive looks for its keyboard in the page around it, which has none.
    useKeyboard(module.initVirtualKeyboardInCurrentBrowsingContext());
    return module;
  })();
  return mathlive;
}

/** Show a field in an element; ``report`` is called with its LaTeX under the name ``data.name``. */
export async function show(root, data, report) {
  await styleSheet("live/math_field.css");
  try {
    await load(data.home);
  } catch (problem) {
    console.warn(problem);
    mathlive = undefined;
    root.textContent = MISSING;
    return null;
  }
  // It may be gone before the module is there; and what is not in the page takes no settings.
  return root.isConnected ? put(root, data, report) : null;
}

function put(root, data, report) {
  const field = document.createElement("math-field");
  field.classList.add("nm-field");
  root.replaceChildren(field);
  prepare(field, data.kind);

  let serial, told, timer;
  const tell = () => {
    clearTimeout(timer);
    if (!field.isConnected) return;
    const latex = latexOf(field);
    if (latex === told) return;
    told = latex;
    report({ [data.name]: latex });
  };
  const update = (next) => {
    data = next;
    if (!field.isConnected) return;
    field.setAttribute("aria-label", data.label);
    field.placeholder = data.placeholder ? `\\text{${data.placeholder}}` : "";
    if (data.told?.serial === serial) return;
    const isAhead = serial !== undefined && latexOf(field) !== told;
    serial = data.told?.serial;
    // What was typed meanwhile is told next: it must not be lost to an earlier state.
    if (isAhead) return;
    clearTimeout(timer);
    told = data.told?.state?.[data.name] ?? "";
    field.setValue(told, { silenceNotifications: true });
    told = latexOf(field);
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(tell, PAUSE);
  });
  for (const done of ["change", "blur", "focusout"]) field.addEventListener(done, tell);
  const label = labelOf(root);
  const focus = () => field.focus();
  label?.addEventListener("click", focus);
  update(data);
  return {
    update,
    close() {
      clearTimeout(timer);
      label?.removeEventListener("click", focus);
    },
  };
}

function prepare(field, kind) {
  field.mathVirtualKeyboardPolicy = "auto";
  field.inlineShortcuts = SHORTCUTS[kind];
  field.smartMode = false;
  field.smartSuperscript = false;
  field.popoverPolicy = "off";
  field.menuItems = [];
  // Tab leaves the field, as it leaves any other; Escape has nothing to leave.
  field.keybindings = field.keybindings.filter(
    ({ key, ifMode }) => ifMode === "latex" || !/\[(Tab|Escape)\]$/.test(key),
  );
  typeAsInText(field, kind);
  field.addEventListener("focusin", () => offerKeys(kind));
}

/** The label that Streamlit wrote for the text field in whose place this one stands. */
function labelOf(root) {
  return root.closest('[class*="st-key-nb_math_"]')?.querySelector("label");
}
