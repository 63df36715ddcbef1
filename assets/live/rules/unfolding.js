/** Which lines of a tree are unfolded, by the paths to them: "r" is the root, "r.0" its first line. */

/** The paths of unfolded lines; only the deepest are written down. At first the first is. */
export function opened(text) {
  if (text === "none") return new Set();
  const found = new Set(["r"]);
  for (const path of (text || "").split(",")) {
    if (!/^r(\.\d{1,3}){0,40}$/.test(path)) continue;
    for (let end = path.length; end > 0; end = path.lastIndexOf(".", end - 1)) found.add(path.slice(0, end));
  }
  return found;
}

/** The same as a text for the address; nothing for the way in which it opens. */
export function written(open) {
  if (!open.size) return "none";
  const all = [...open];
  const deepest = all.filter((path) => !all.some((other) => other.startsWith(`${path}.`)));
  return deepest.join(",") === "r" ? "" : deepest.join(",");
}
