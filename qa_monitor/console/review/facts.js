// @ts-check
/** @import { Call } from "../wire/calls.js" */
/** @import { Words } from "../shared/i18n.js" */
import { el } from "../shared/dom.js";
import { clock, dateTime } from "../shared/format.js";

/**
 * When, in which language, under which notice and consent, and how it ended. Who is in the title.
 *
 * @param {Words} words
 * @param {Call} call
 */
export function drawFacts(words, call) {
  const { t, name } = words;
  const end = call.state === "live" ? "live" : call.state === "interrupted" ? "interrupted" : (call.end_reason ?? "end");
  /** @type {[string, string][]} */
  const facts = [
    [t("fact.language"), name("tongue", call.language ?? "none")],
    [t("fact.direction"), name("direction", call.direction)],
    [t("fact.started"), dateTime(words.locale, call.started_at)],
    [t("fact.duration"), call.duration_s === null || call.state === "live" ? "–" : clock(call.duration_s)],
    [t("fact.end"), name("end", end)],
    [t("fact.notice"), name("notice", call.notice)],
    [t("fact.consent"), name("consent", call.consent)],
    [t("fact.source"), call.dialect],
  ];
  return facts.map(([title, value]) => el("div", {}, el("dt", {}, title), el("dd", {}, value)));
}
