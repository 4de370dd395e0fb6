// @ts-check
/** @import { Desk } from "../wire/feed.js" */
/** @import { Flag } from "../wire/flags.js" */
/** @import { Words } from "../shared/i18n.js" */
import { el } from "../shared/dom.js";
import { timeOfDay } from "../shared/format.js";
import { personOf } from "../shared/names.js";

/** What was done about a flag beside taking it on: what the console shows of it. No clock. */

/** Whatever becomes of it, nobody was told of it. @param {Flag} flag */
export const isHeld = (flag) => flag.care.held !== null;

/** Put off until a moment. @param {Flag} flag */
export const isSnoozed = (flag) => flag.care.snoozed_until !== null;

/** It interrupts nobody now. @param {Flag} flag */
export const isQuiet = (flag) => isHeld(flag) || isSnoozed(flag);

/** Nobody had acted by the deadline. @param {Flag} flag */
export const isEscalated = (flag) => flag.care.escalations > 0;

/** Since when somebody is asked to act, in ms; none where that is not known. @param {Flag} flag */
export function askedAt_ms(flag) {
  const asked_at = flag.care.asked_at ?? flag.raised_at;
  return asked_at === null ? null : Date.parse(asked_at);
}

/** How often all desks together were interrupted within ten minutes. @param {readonly Desk[]} desks */
export const rateOf = (desks) => desks.reduce((sum, desk) => sum + desk.told, 0);

/** The mark of a flag that nobody took on in time. @param {Words} words @param {Flag} flag */
export function escalationOf(words, flag) {
  const { escalations } = flag.care;
  if (escalations === 0 || !["raised", "confirmed"].includes(flag.state)) return null;
  const title = words.t("care.escalated.title");
  return el("span", { class: "state escalated", title }, words.t(escalations > 1 ? "care.escalated_twice" : "care.escalated"));
}

/** Who handed it to whom, with what word. @param {Words} words @param {Flag} flag */
export function handedOf(words, { care }) {
  if (care.act !== "handed_over" || care.acted_by === null || care.acted_at === null) return null;
  const values = { from: nameOf(words, care.acted_by), to: nameOf(words, care.desk), time: timeOfDay(words.locale, care.acted_at) };
  return el("p", { class: "handed" },
    el("b", {}, words.t("care.handed", values)),
    care.word === "" ? null : el("span", {}, words.t("care.word", { word: care.word })));
}

/** What came of a resolved flag, and who says so. @param {Words} words @param {Flag} flag */
export function outcomeOf(words, { care }) {
  if (care.outcome === null) return words.name("state", "resolved");
  const outcome = words.name("outcome", care.outcome);
  if (care.acted_by === null || care.acted_at === null) return outcome;
  return words.t("care.resolved_by", { outcome, who: nameOf(words, care.acted_by), time: timeOfDay(words.locale, care.acted_at) });
}

/** A coach, or all of them. @param {Words} words @param {string} coach */
export const nameOf = (words, coach) => (coach === "everyone" ? words.t("care.everyone") : personOf(words, coach));
