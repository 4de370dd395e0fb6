// @ts-check
/** @import { Flag } from "../wire/flags.js" */
import { isQuiet } from "../feed/care.js";
import { isOpen } from "../feed/standing.js";
import { RequestFailed, ask } from "../shared/server.js";

/** Many consoles draw the same flag: each waits a little, so that most hear from the first and need not say it too. */
const SPREAD_MS = 1500;

/** Is it still to be said that this flag was drawn? @param {Flag|undefined} flag */
export const isUndelivered = (flag) =>
  flag !== undefined && flag.saved && isOpen(flag) && !isQuiet(flag) && flag.care.delivered_at === null;

/**
 * Tells the server which flags stand on a screen that can be seen: told is what was drawn, not what was sent.
 *
 * @param {(flagId: string) => Flag|undefined} current
 */
export function createDrawReport(current) {
  /** @type {Set<string>} */
  const asked = new Set();
  const key = (/** @type {Flag} */ flag) => `${flag.flag_id} ${flag.care.asked_at}`;
  const report = async (/** @type {string} */ flagId, /** @type {string} */ once) => {
    if (!isUndelivered(current(flagId))) return;
    try {
      await ask(`/v1/flags/${encodeURIComponent(flagId)}/drawn`, { method: "POST" });
    } catch (error) {
      // where this did not arrive it is said again at the next drawing; where no such flag is known it is not
      if (!(error instanceof RequestFailed && error.status === 404)) asked.delete(once);
    }
  };
  /** Call it after each drawing. @param {readonly Flag[]} flags those with a card */
  return (flags) => {
    if (document.visibilityState !== "visible") return;
    for (const flag of flags) {
      if (!isUndelivered(flag) || asked.has(key(flag))) continue;
      asked.add(key(flag));
      setTimeout(() => void report(flag.flag_id, key(flag)), Math.random() * SPREAD_MS);
    }
  };
}
