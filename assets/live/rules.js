/**
 * Rules and the chain rule: three experiments that share their look and the way they light up.
 *
 * `data.lab` says which: "tree" (calc_core/labs/rules.py), "chain" (composition.py) or "order".
 * Nothing here goes to the server but the state that is worth keeping in the address.
 */

import { styleSheet } from "./stage/dom.js";
import { Chain } from "./rules/chain.js";
import { Order } from "./rules/order.js";
import { Tree } from "./rules/tree.js";

const LABS = { tree: Tree, chain: Chain, order: Order };

/** Show a lab in an element; ``report`` is called with the state when a change is finished. */
export async function show(root, data, report) {
  await styleSheet("live/rules.css");
  let lab, latest, serial;
  const update = (next) => {
    const told = next.told?.serial !== serial ? next.told?.state ?? {} : null;
    serial = next.told?.serial;
    if (next.lab !== latest?.lab) {
      lab?.close?.();
      root.replaceChildren();
      lab = new LABS[next.lab](root, report);
      lab.show(next, told ?? {});
    } else if (next.id !== latest.id) {
      lab.show(next, told ?? {});
    } else if (told) {
      lab.restore(told);
    }
    latest = next;
  };
  update(data);
  return { update, close: () => lab?.close?.() };
}
