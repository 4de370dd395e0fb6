// @ts-check
/** @import { Flag } from "../wire/flags.js" */
/** @import { Feed } from "./feed.js" */
import { isQuiet } from "./care.js";
import { asksNow, isOpen } from "./standing.js";

/** What of a change is to be announced. */

/**
 * What to announce: flags that ask for someone and that this screen did not know before, or knew as asking nobody.
 *
 * @param {Feed} before
 * @param {Feed} after
 * @returns {Flag[]}
 */
export const newlyOpen = (before, after) =>
  Object.values(after.flags).filter((flag) => {
    const known = before.flags[flag.flag_id];
    return asksNow(flag) && (known === undefined || (isOpen(known) && isQuiet(known)));
  });

/** Flags whose deadline has passed since, and nobody had acted. @param {Feed} before @param {Feed} after @returns {Flag[]} */
export const newlyEscalated = (before, after) =>
  Object.values(after.flags).filter((flag) => {
    const known = before.flags[flag.flag_id];
    return asksNow(flag) && known !== undefined && flag.care.escalations > known.care.escalations;
  });
