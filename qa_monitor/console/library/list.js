// @ts-check
/** @import { FoundCall, Snippet } from "../wire/library.js" */
/** @import { Priority } from "../wire/flags.js" */
/** @import { Words } from "../shared/i18n.js" */
import { el } from "../shared/dom.js";
import { clock, number, seconds } from "../shared/format.js";
import { agentOf, teamOf } from "../shared/names.js";
import { reviewPath } from "../shared/server.js";
import { prioritySign } from "../shared/signs.js";

const COLUMNS = 8;
/** @type {Priority[]} */
const PRIORITIES = ["high", "medium", "low"];

/**
 * One call: its line, why it was drawn, and where the words were said.
 *
 * @param {Words} words
 * @param {FoundCall} call
 * @param {string} [reason]
 */
export function callRows(words, call, reason) {
  return el("tbody", {},
    el("tr", {},
      el("td", { class: "began" }, el("a", { href: reviewPath(call.call_id), class: "open" }, began(words, call))),
      el("td", { class: "who" }, ...whoOf(words, call)),
      el("td", { class: "figure" }, call.duration_s === null ? words.name("library.state", call.state) : clock(call.duration_s)),
      el("td", { class: "flagged" }, ...flagsOf(words, call)),
      el("td", { class: `felt ${call.course ?? ""}` }, call.course === null ? "–" : words.name("course", call.course)),
      el("td", { class: "figure" }, seconds(words.language, call.talk_over_s)),
      el("td", { class: "figure" }, seconds(words.language, call.silence_s)),
      el("td", { class: "figure" }, ...scoreOf(words, call))),
    (reason !== undefined || call.snippets.length > 0) && el("tr", { class: "said" },
      el("td", { colspan: COLUMNS },
        reason !== undefined && el("p", { class: "reason" }, reason),
        el("ul", {}, ...call.snippets.map((snippet) => saidItem(words, call, snippet))))));
}

/** @param {Words} words @param {FoundCall} call */
function began(words, call) {
  const format = new Intl.DateTimeFormat(words.locale, { day: "2-digit", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });
  return format.format(new Date(call.began_at));
}

/** @param {Words} words @param {FoundCall} call */
function whoOf(words, call) {
  const more = call.agents > 1 ? words.plural("library.others", call.agents - 1) : "";
  const about = [teamOf(words, call), call.language === null ? "" : words.name("tongue", call.language), more];
  return [agentOf(words, call), el("span", { class: "remark" }, about.filter((part) => part !== "").join(" · "))];
}

/** @param {Words} words @param {FoundCall} call */
function flagsOf(words, call) {
  const told = PRIORITIES.filter((priority) => call.flags[priority] > 0).map((priority) => {
    const count = call.flags[priority];
    const title = `${words.name("priority", priority)}: ${count}`;
    return el("span", { title }, prioritySign(priority), el("span", { class: "unseen" }, `${words.name("priority", priority)} `), ` ${count}`);
  });
  const held = call.held > 0 && el("span", { class: "remark" }, words.plural("library.held", call.held));
  return told.length === 0 && !held ? ["–"] : [...told, held];
}

/** @param {Words} words @param {FoundCall} call */
function scoreOf(words, call) {
  if (call.score === null) return [call.failed ? words.t("library.failed.short") : "–"];
  const score = number(words.language, Math.round(call.score));
  return [call.failed ? el("span", { class: "failed" }, `${score} · ${words.t("library.failed.short")}`) : score];
}

/** @param {Words} words @param {FoundCall} call @param {Snippet} snippet */
function saidItem(words, call, snippet) {
  const at = clock(snippet.at_s);
  const label = words.t("library.hear", { at });
  return el("li", {},
    el("a", { class: "at", href: `${reviewPath(call.call_id)}#t=${snippet.at_s}`, "aria-label": label, title: label }, at),
    el("span", { class: "who" }, words.name("speaker", snippet.speaker)),
    el("p", { lang: call.language }, ...marked(snippet)));
}

/** The text, with the words that were found marked. @param {Snippet} snippet */
function marked({ text, marks }) {
  // the service counts characters, strings here count halves of some of them
  const signs = [...text];
  const part = (/** @type {number} */ from, /** @type {number} */ to) => signs.slice(from, to).join("");
  let done = 0;
  const parts = marks.flatMap(([from, to]) => {
    const before = part(done, from);
    done = to;
    return [before, el("mark", {}, part(from, to))];
  });
  return [...parts, part(done, signs.length)];
}
