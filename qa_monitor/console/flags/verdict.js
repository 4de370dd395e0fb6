// @ts-check
/** @import { Flag, Verdict } from "../wire/flags.js" */
/** @import { Key, Words } from "../shared/i18n.js" */
import { el } from "../shared/dom.js";
import { timeOfDay } from "../shared/format.js";
import { personOf } from "../shared/names.js";

/**
 * What a coach can say of a flag, each with its key: the same letters in both languages, and on every keyboard.
 *
 * @type {Readonly<Record<Verdict, string>>}
 */
export const VERDICT_KEYS = Object.freeze({ useful: "U", false_alarm: "F", already_known: "D" });
const VERDICTS = /** @type {Verdict[]} */ (Object.keys(VERDICT_KEYS));

/** A withdrawn flag asks for nothing, and one that is not saved cannot be judged yet. @param {Flag} flag */
export const canBeJudged = (flag) => flag.saved && flag.state !== "withdrawn";

/**
 * One button for each verdict; the one that was given is pressed. Nothing for a flag that cannot be judged.
 *
 * @param {Words} words
 * @param {Flag} flag
 * @param {(flag: Flag, verdict: Verdict) => void} judge
 */
export function verdictButtons(words, flag, judge) {
  if (!canBeJudged(flag)) return null;
  const label = words.t("verdict.label");
  return el("div", { class: "verdict", role: "group", "aria-label": label },
    el("span", { class: "asked", "aria-hidden": "true" }, label),
    ...VERDICTS.map((verdict) => button(words, flag, verdict, judge)));
}

/** @param {Words} words @param {Flag} flag @param {Verdict} verdict @param {(flag: Flag, verdict: Verdict) => void} judge */
function button(words, flag, verdict, judge) {
  const key = VERDICT_KEYS[verdict];
  const title = words.t(/** @type {Key} */ (`verdict.${verdict}.title`));
  const attributes = { type: "button", "data-act": verdict, title: `${title} (${key})`, "aria-keyshortcuts": key };
  return el("button", { ...attributes, "aria-pressed": String(flag.verdict === verdict), onclick: () => judge(flag, verdict) },
    words.name("verdict", verdict), el("kbd", { "aria-hidden": "true" }, key));
}

/** Who said so and when; nothing without a verdict. @param {Words} words @param {Flag} flag */
export function verdictBy(words, flag) {
  if (flag.verdict === null || flag.verdict_by === null || flag.verdict_at === null) return "";
  const time = timeOfDay(words.locale, flag.verdict_at);
  return words.t("verdict.by", { verdict: words.name("verdict", flag.verdict), who: personOf(words, flag.verdict_by), time });
}
