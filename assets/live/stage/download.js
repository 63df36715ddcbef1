/** A figure as a file: a picture for a slide, a drawing for print, or a page that still turns. */

import { element } from "./dom.js";

const FORMATS = ["PNG", "SVG", "HTML"];
// For print and projectors.
const SCALE = 2;

/** The menu of a figure. */
export function downloads(figure) {
  const menu = element("details", { class: "nl-download" }, element("summary", {}, "Download"));
  const buttons = FORMATS.map((format) =>
    element(
      "button",
      {
        type: "button",
        onclick: async () => {
          menu.open = false;
          await save(figure, format);
        },
      },
      format,
    ),
  );
  menu.append(element("div", {}, ...buttons));
  return menu;
}

async function save(figure, format) {
  await figure.catchUp();
  const name = fileName(figure.title);
  const link = element("a", { download: `${name}.${format.toLowerCase()}` });
  link.href = format === "HTML" ? await page(figure) : await picture(figure, format.toLowerCase());
  link.click();
  if (link.href.startsWith("blob:")) setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function fileName(title) {
  return title.normalize("NFKD").replace(/[^\w]+/g, "-").replace(/^-|-$/g, "") || "figure";
}

/** Pictures have the page's paper behind them: a dark one would be unreadable on white. */
function withPaper(figure) {
  const paper = getComputedStyle(figure.root).getPropertyValue("--nl-paper").trim() || "#ffffff";
  return { ...figure.plot.layout, paper_bgcolor: paper };
}

function picture(figure, format) {
  const layout = withPaper(figure);
  const { width, height } = figure.layout;
  return figure.Plotly.toImage({ data: figure.data, layout }, { format, width, height, scale: SCALE });
}

/** One file that opens without a server: the script is in it. */
async function page(figure) {
  const script = document.querySelector('script[src*="plotly.min.js"]');
  const plotly = await (await fetch(script.src)).text();
  const drawing = JSON.stringify({ data: figure.data, layout: withPaper(figure) }, plain);
  const text = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${escaped(figure.title)}</title>
<body style="margin:0;background:${withPaper(figure).paper_bgcolor}">
<div id="figure"></div><p style="font:1rem sans-serif;padding:0 1rem">${escaped(figure.words.textContent)}</p>
<script>${plotly.replaceAll("</script", "<\\/script")}</script>
<script>const made = ${drawing.replaceAll("<", "\\u003c")};
Plotly.newPlot("figure", made.data, made.layout);</script></body></html>`;
  return URL.createObjectURL(new Blob([text], { type: "text/html" }));
}

function plain(_, value) {
  if (ArrayBuffer.isView(value)) return [...value];
  return typeof value === "number" && !Number.isFinite(value) ? null : value;
}

function escaped(text) {
  const signs = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (sign) => signs[sign]);
}
