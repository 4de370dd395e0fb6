// @ts-check
/** @import { Call } from "../wire/calls.js" */
/** @import { Flag } from "../wire/flags.js" */
import { isQuiet } from "./care.js";

/** How one flag stands. */

/** Does it still ask for someone? @param {Flag} flag */
export const isOpen = (flag) => flag.state === "raised" || flag.state === "confirmed";

/** Has someone taken care of it, or is its cause or its time over? @param {Flag} flag */
export const isHandled = (flag) => ["acknowledged", "resolved", "expired"].includes(flag.state);

/** Does it ask for someone now? What is held or put off does not. @param {Flag} flag */
export const asksNow = (flag) => isOpen(flag) && !isQuiet(flag);

/**
 * Is this news of a flag from before what is known? An answer to a click may come ahead of earlier events.
 *
 * @param {Flag} flag
 * @param {Flag} known
 */
export function isOlder(flag, known) {
  if (flag.sequence !== null && known.sequence !== null) return flag.sequence < known.sequence;
  return isHandled(known) && isOpen(flag);
}

/**
 * Seconds until the whole clip behind a flag is recorded: 0 once it is, or once the call has ended.
 *
 * @param {Flag} flag
 * @param {Call|undefined} call
 * @param {number} now_ms by the server's clock
 */
export function clipWait_s(flag, call, now_ms) {
  if ((call && call.state !== "live") || flag.raised_at === null) return 0;
  const audio_s = flag.raised_s + (now_ms - Date.parse(flag.raised_at)) / 1000;
  return Math.max(0, flag.evidence.clip.end_s - audio_s);
}
