/** The few things about the document that all parts of a stage need. */

/** An element with attributes, listeners (``onclick``) and children. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

const sheets = new Map();

/** Load a style sheet of this server, once for the page. */
export function styleSheet(path) {
  if (!sheets.has(path)) {
    const link = element("link", { rel: "stylesheet", href: new URL(path, document.baseURI) });
    const loaded = new Promise((done) => {
      link.onload = done;
      link.onerror = done;
    });
    document.head.append(link);
    sheets.set(path, loaded);
  }
  return sheets.get(path);
}

let plotly;

/** Plotly's own script, from this server, once for the page. */
export function loadPlotly(version) {
  plotly ??= new Promise((done, failed) => {
    const src = new URL(`vendor/plotly.min.js?v=${version}`, document.baseURI);
    document.head.append(
      element("script", {
        src,
        onload: () => done(globalThis.Plotly),
        onerror: () => failed(new Error("Plotly's script did not come")),
      }),
    );
  });
  return plotly;
}

/** Whether the reader has asked for little movement. */
export function wantsStillness() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

const CLICK = 4;

/** Call ``act(event)`` on a press and release in one place: what moves between them is a drag. */
export function onClick(target, act) {
  const press = (pressed) => {
    // Plotly lays a cover over the window while a button is down.
    const release = (event) => {
      const moved = Math.hypot(event.clientX - pressed.clientX, event.clientY - pressed.clientY);
      if (moved <= CLICK) act(event);
    };
    const pressing = new AbortController();
    const options = { once: true, capture: true, signal: pressing.signal };
    addEventListener("pointerup", release, options);
    addEventListener("pointercancel", () => pressing.abort(), options);
  };
  target.addEventListener("pointerdown", press, true);
}

/** Do something when the browser has nothing else to do; a promise of what comes of it. */
export function whenIdle(act) {
  const wait = globalThis.requestIdleCallback ?? ((later) => setTimeout(later, 300));
  return new Promise((done) => wait(() => done(act())));
}
