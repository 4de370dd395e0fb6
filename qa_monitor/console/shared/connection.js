// @ts-check
import { ask } from "./server.js";

const RETRY_MS = [500, 1000, 2000, 4000];

/**
 * @typedef {object} Following
 * @property {readonly string[]} names the events to listen for
 * @property {(name: string, data: any, id: string|null) => void} onEvent
 * @property {(link: "open"|"lost") => void} onLink
 * @property {() => string|null} [resumeFrom] the id of the last event applied
 * @property {number} [silence_ms] reopen after this long without an event; never when left out
 */

/**
 * Follow an event stream until closed: reopened when it breaks or falls silent, from where it was.
 *
 * @param {string} path
 * @param {Following} following
 * @returns {{close: () => void}}
 */
export function follow(path, following) {
  let failures = 0;
  let timer = 0;
  /** @type {EventSource|null} */
  let source = null;

  const watch = () => {
    clearTimeout(timer);
    if (following.silence_ms) timer = setTimeout(fail, following.silence_ms);
  };
  const open = () => {
    const after = following.resumeFrom?.() ?? null;
    source = new EventSource(after === null ? path : `${path}?after=${encodeURIComponent(after)}`);
    source.onopen = () => {
      failures = 0;
      following.onLink("open");
    };
    // one way back only, ours: the browser's own retry would not know about silence
    source.onerror = fail;
    for (const name of following.names) {
      source.addEventListener(name, (event) => {
        watch();
        following.onEvent(name, JSON.parse(event.data), event.lastEventId || null);
      });
    }
    watch();
  };
  const fail = () => {
    clearTimeout(timer);
    source?.close();
    following.onLink("lost");
    timer = setTimeout(open, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
    failures += 1;
    // a stream cannot say why it was refused; an ordinary request can, and leads to the log-in page
    ask("/v1/calls?limit=1").catch(() => null);
  };
  open();
  return {
    close: () => {
      clearTimeout(timer);
      source?.close();
    },
  };
}
