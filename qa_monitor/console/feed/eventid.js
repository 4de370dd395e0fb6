// @ts-check
/** Ids of the stream's events: a run of numbers, and the number in it. */

/** Was an event with this id already applied? @param {string|null} lastId @param {string} id */
export function isSeen(lastId, id) {
  if (lastId === null) return false;
  const [generation, sequence] = splitId(id);
  const [lastGeneration, lastSequence] = splitId(lastId);
  return generation === lastGeneration && sequence <= lastSequence;
}

/** @param {string} id @returns {[string, number]} */
function splitId(id) {
  const dash = id.lastIndexOf("-");
  return [id.slice(0, dash), Number(id.slice(dash + 1))];
}
