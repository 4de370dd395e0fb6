// @ts-check
/** @import { HistoryEntry } from "../wire/rules.js" */
/** @import { Words } from "../shared/i18n.js" */
import { byId, el, fill } from "../shared/dom.js";
import { dayAndTime } from "../shared/format.js";
import { personOf } from "../shared/names.js";
import { changeWords } from "./changes.js";
import { scopeWords } from "./rights.js";

/** How many are shown; the rest is told by `GET /v1/rules/history`. */
export const SHOWN = 12;

/**
 * Who put which rules into force, newest first.
 *
 * @param {readonly HistoryEntry[]} entries @param {Words} words
 * @param {(entry: HistoryEntry) => void} take the file that was published then is wanted as a draft
 */
export function drawHistory(entries, words, take) {
  fill(byId("history"), ...entries.map((entry) => drawEntry(entry, words, take)));
}

/** @param {HistoryEntry} entry @param {Words} words @param {(entry: HistoryEntry) => void} take */
function drawEntry(entry, words, take) {
  const how = words.name("rules.how", entry.how);
  const whom = entry.scope === null ? "" : words.t("rules.for", { whom: scopeWords(entry.scope, words) });
  return el("li", {},
    el("span", { class: "when" }, dayAndTime(words.locale, entry.at)),
    el("span", {}, el("b", {}, how), whom === "" ? null : ` ${whom}`, entry.by === null ? null : ` ${words.t("rules.by_whom", { who: personOf(words, entry.by) })}`),
    el("span", { class: "remark" }, entry.differences.map((change) => changeWords(change, words)).join(" ")),
    entry.how === "published" && el("button", { type: "button", class: "plain", title: words.t("rules.take.title"), onclick: () => take(entry) }, words.t("rules.adopt.go")));
}
