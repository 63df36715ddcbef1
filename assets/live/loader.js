/**
 * What Streamlit runs for every live part of a page, inline; the rest comes as modules from /live.
 *
 * Streamlit calls this again on every change of the data.  A module's ``show(root, data, report)``
 * is called once and gives ``{update(data), close()}``.
 */
const MISSING =
  "This part of the page comes from a server that is started with “make run”; the one that sent " +
  "the page does not have it.";

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".nl-root");
  const report = (state) => setStateValue("state", state);
  // What belongs to the page stays when the next data come: zoom, camera, focus.
  if (root.shown?.module !== data.module) {
    root.shown?.ready.then((view) => view?.close());
    root.replaceChildren();
    root.shown = { module: data.module, latest: data, ready: start(root, data, report) };
  } else {
    root.shown.latest = data;
    root.shown.ready.then((view) => root.shown.latest === data && view?.update(data));
  }
  return () => {
    root.shown?.ready.then((view) => view?.close());
    root.shown = undefined;
  };
}

async function start(root, data, report) {
  let module;
  try {
    module = await import(new URL(`live/${data.module}.js`, document.baseURI));
  } catch (problem) {
    console.warn(problem);
    root.textContent = MISSING;
    return null;
  }
  const view = await module.show(root, data, report);
  const latest = root.shown?.latest;
  if (latest && latest !== data) view.update(latest);
  return view;
}
