/**
 * What Streamlit leaves out on every page: a formula that is wider than its box shows that it goes on
 * and can be scrolled by keyboard, a button with nothing but a formula on it has a name, and Enter
 * sends what was typed.
 */

const BOXES = ".nb-formula, .katex-display, .nl-readings td";
const NAMED = "button:has(.katex), summary:has(.katex)";
/** In pixels: less than this of a formula out of sight is nothing to point at. */
const SLACK = 4;
const SENDING = '[class*="st-key-nb_sends_"]';
const FIELDS = "input:not([role=combobox], [type=radio], [type=checkbox]), math-field";

export function show() {
  const sizes = new ResizeObserver((entries) => entries.forEach(({ target }) => makeReachable(target)));
  let isWaiting = false;
  const look = () => {
    isWaiting = false;
    document.querySelectorAll(BOXES).forEach((box) => sizes.observe(box));
    document.querySelectorAll(NAMED).forEach(name);
  };
  const changes = new MutationObserver(() => {
    if (!isWaiting) requestAnimationFrame(look);
    isWaiting = true;
  });
  changes.observe(document.body, { childList: true, subtree: true, characterData: true });
  look();
  document.addEventListener("keydown", send);
  document.addEventListener("scroll", onScroll, { capture: true, passive: true });
  return {
    update() {},
    close() {
      document.removeEventListener("keydown", send);
      document.removeEventListener("scroll", onScroll, { capture: true });
      sizes.disconnect();
      changes.disconnect();
    },
  };
}

/** Enter leads to the next field that is empty; from the last one it presses their button. */
function send({ key, target, isComposing }) {
  if (key !== "Enter" || isComposing || !target.matches?.(FIELDS)) return;
  const group = target.closest(SENDING);
  if (!group) return;
  const fields = [...group.querySelectorAll(FIELDS)].filter((field) => field.offsetParent);
  const next = fields.slice(fields.indexOf(target) + 1).find((field) => field.value === "");
  const button = group.querySelector('button[kind="primary"]');
  if (next) inside(next).focus();
  // The field hears of the key, too, and tells its text first.
  else setTimeout(() => button?.click());
}

/** What takes the keys: MathLive's own focus comes late, and what is typed meanwhile would be lost. */
const inside = (field) => field.shadowRoot?.querySelector("[part=keyboard-sink]") ?? field;

const onScroll = ({ target }) => target.matches?.(BOXES) && fade(target);

/** A box fades out at the side at which its formula goes on. */
function fade(box) {
  const left = box.scrollWidth - box.clientWidth - Math.ceil(box.scrollLeft);
  box.classList.toggle("nb-goes-on", left > SLACK);
}

/** A box whose formula fits is no stop on the way through the page. */
function makeReachable(box) {
  fade(box);
  if (box.scrollWidth > box.clientWidth + 1) {
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", "a wide formula");
  } else if (box.hasAttribute("tabindex")) {
    for (const attribute of ["tabindex", "role", "aria-label"]) box.removeAttribute(attribute);
  }
}

/** Browsers make no name of a formula: it is written out, as it would be typed. */
function name(element) {
  const text = [...walk(element)].join(" ").replace(/[\s\u2061-\u2064]+/g, " ").trim();
  if (element.getAttribute("aria-label") !== text) element.setAttribute("aria-label", text);
}

function* walk(node) {
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) yield child.textContent;
    else if (child.localName === "math") yield typed(child);
    else if (child.getAttribute?.("aria-hidden") !== "true") yield* walk(child);
  }
}

const WAYS = {
  annotation: () => "",
  mfrac: (above, below) => `(${above})/(${below})`,
  msup: (base, exponent) => `${base}^${grouped(exponent)}`,
  msub: (base, index) => `${base}_${grouped(index)}`,
  msubsup: (base, index, exponent) => `${base}_${grouped(index)}^${grouped(exponent)}`,
  msqrt: (...inside) => `√(${inside.join("")})`,
  mtr: (...cells) => cells.join(", "),
  mtable: (...rows) => rows.join("; "),
};

function typed(node) {
  if (node.children.length === 0) return node.localName === "annotation" ? "" : node.textContent;
  const parts = [...node.children].map(typed);
  return (WAYS[node.localName] ?? ((...all) => all.join("")))(...parts);
}

const grouped = (text) => ([...text].length > 1 ? `(${text})` : text);
