/**
 * The point, and what else has one name, is one for all stages of a page: where one is dragged, the
 * others follow.
 */

const followers = new Map();

/** Call ``moved(state, {isDone})`` when another stage with the same variables moves; gives a way to stop. */
export function follow(stage, moved) {
  followers.set(stage, moved);
  return () => followers.delete(stage);
}

/** Tell the others what the state is now, and whether it stays so. */
export function publish(stage, names, state, { isDone = false } = {}) {
  for (const [other, moved] of followers) {
    if (other !== stage && state.at && sameNames(other.names, names)) moved(state, { isDone });
  }
}

function sameNames(some, others) {
  return some.length === others.length && some.every((name, k) => name === others[k]);
}
