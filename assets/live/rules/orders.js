/**
 * The multiplications that a chain of Jacobians J_k ⋯ J_1 takes, as tests/orders.py counts
 * them: J_i is widths[i] × widths[i−1], and (p×q)(q×r) takes p·q·r.
 *
 * An order is the number of a factor, or [left, right] of two products.
 */

/** From the right, J_k(⋯(J_2 J_1)). */
export function forward(k) {
  let tree = 1;
  for (let i = 2; i <= k; i++) tree = [i, tree];
  return tree;
}

/** From the left, ((J_k J_{k−1})⋯)J_1. */
export function backward(k) {
  let tree = k;
  for (let i = k - 1; i > 0; i--) tree = [tree, i];
  return tree;
}

/** An order that takes the fewest, by dynamic programming. */
export function best(widths) {
  const k = widths.length - 1;
  const table = new Map();
  const least = (low, high) => {
    if (low === high) return { work: 0, tree: low };
    const key = low * 100 + high;
    if (!table.has(key)) {
      let found = null;
      for (let m = low; m < high; m++) {
        const right = least(low, m), left = least(m + 1, high);
        const work = left.work + right.work + widths[high] * widths[m] * widths[low - 1];
        if (!found || work < found.work) found = { work, tree: [left.tree, right.tree] };
      }
      table.set(key, found);
    }
    return table.get(key);
  };
  return least(1, k).tree;
}

/** The products of an order one after the other: {tree, rows, inner, columns, work}. */
export function products(widths, tree) {
  const found = [];
  const visit = (t) => {
    if (!Array.isArray(t)) return [widths[t], widths[t - 1]];
    // The inner work is done first, that of the right factor before that of the left.
    const [q, r] = visit(t[1]);
    const [p] = visit(t[0]);
    found.push({ tree: t, rows: p, inner: q, columns: r, work: p * q * r });
    return [p, r];
  };
  visit(tree);
  return found;
}

export const cost = (widths, tree) => products(widths, tree).reduce((sum, p) => sum + p.work, 0);
