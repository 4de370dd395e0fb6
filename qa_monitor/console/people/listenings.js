// @ts-check
/** @import { Listening } from "../wire/people.js" */
/** @import { Words } from "../shared/i18n.js" */
import { el } from "../shared/dom.js";
import { clock } from "../shared/format.js";
import { agentOf, personOf, teamOf } from "../shared/names.js";

/** Who listened to which live call, from when to when. @param {Listening} one @param {Words} words */
export function listeningLine(one, words) {
  const when = new Date(one.began_at).toLocaleString(words.locale, { dateStyle: "short", timeStyle: "short" });
  return el("li", {}, el("span", { class: "when" }, `${when} · ${personOf(words, one.by)}`), " · ", [
    words.t("people.listenings.of", { agent: one.agent_id === "" ? "–" : agentOf(words, one), team: teamOf(words, one) || "–", call: one.call_id ?? words.t("people.listenings.gone") }),
    howLong(one, words),
    one.ending === null ? "" : words.name("people.ending", one.ending),
  ].filter((part) => part !== "").join(" · "));
}

/** @param {Listening} one @param {Words} words */
function howLong(one, words) {
  if (one.ending === null) return words.t("people.listenings.now");
  if (one.ended_at === null) return words.t("people.listenings.unknown");
  const until = new Date(one.ended_at).toLocaleTimeString(words.locale, { timeStyle: "short" });
  return words.t("people.listenings.until", { time: until, heard: clock(Math.round(one.heard_s)) });
}
