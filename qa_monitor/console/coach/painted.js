// @ts-check
/** @import { Flag } from "../wire/flags.js" */
import { ask } from "../shared/server.js";

/** About so many pages report each flag, however many are open: the others' figures would say the same. */
export const REPORTERS = 10;

/**
 * @typedef {object} PaintedHost
 * @property {(screen_s: Record<string, number>) => void} measured seconds from what caused each flag to this page
 * @property {() => number} consoles how many pages follow the feed
 *
 * @typedef {object} Painted
 * @property {(fresh: Flag[]) => void} drawing new flags are about to be drawn
 */

/**
 * Tells the server when a new flag was painted here, which tells how long it took. A page that nobody sees paints
 * nothing and says nothing.
 *
 * @param {PaintedHost} host
 * @returns {Painted}
 */
export function createPainted(host) {
  /** @type {Set<string>} */
  let waiting = new Set();

  const report = async (/** @type {string[]} */ ids, /** @type {number} */ painted_ms) => {
    const held_s = Math.min(60, (performance.now() - painted_ms) / 1000);
    const drawn = ids.slice(0, 100).map((flag_id) => ({ flag_id, held_s }));
    try {
      const answer = await ask("/v1/flags/drawn", {
        method: "POST",
        headers: { accept: "application/json", "content-type": "application/json" },
        body: JSON.stringify({ drawn }),
      });
      host.measured(answer.screen_s);
    } catch {
      // only a figure is lost: the flag itself is on the page
    }
  };
  return {
    drawing: (fresh) => {
      if (fresh.length === 0 || document.visibilityState !== "visible" || !isReporter(host.consoles(), Math.random())) return;
      const first = waiting.size === 0;
      for (const flag of fresh) waiting.add(flag.flag_id);
      if (!first) return;
      requestAnimationFrame(() => {
        // the first task after the frame: it is painted
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          const ids = [...waiting];
          waiting = new Set();
          port1.close();
          void report(ids, performance.now());
        };
        port2.postMessage(null);
      });
    },
  };
}

/** Does this page report? @param {number} consoles @param {number} chance from 0 up to 1 */
export const isReporter = (consoles, chance) => chance * consoles < REPORTERS;
