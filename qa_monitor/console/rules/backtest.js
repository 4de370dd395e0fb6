// @ts-check
/** @import { Moment, Report, RuleTested } from "../wire/rules.js" */
/** @import { Words } from "../shared/i18n.js" */
import { byId, el, fill, say } from "../shared/dom.js";
import { reviewPath } from "../shared/server.js";

/** What a draft would have told on past calls. @param {Report|null} report @param {Words} words */
export function drawTested(report, words) {
  byId("tested-box").hidden = report === null;
  if (report === null) return;
  fill(
    byId("tested"),
    el("p", {}, words.plural("rules.test.amount", report.calls, { n: figure(report.calls, 0, words), hours: figure(report.call_hours, 1, words) })),
    report.calls === 0 ? el("p", {}, words.t("rules.test.no_calls")) : table(report, words),
    el("p", { class: "remark" }, words.t("rules.test.formula", { agents: report.agents_per_coach })),
    el("p", { class: "remark" }, words.t("rules.test.work", { minutes: figure(report.work_min_per_1000_calls, 2, words) })),
    ...report.rules.map((rule) => moments(rule, words)),
  );
}

/** @param {Report} report @param {Words} words */
function table(report, words) {
  const heads = [words.t("rules.test.hits"), words.t("rules.test.calls"), words.t("rules.test.held"), words.t("rules.test.flags"),
    words.t("rules.test.before"), words.t("rules.test.rate"), words.t("rules.test.listening")];
  const rows = report.rules.map((rule) =>
    el("tr", {}, el("td", {}, nameOf(rule, words)), ...[
      figure(rule.found.hits, 0, words),
      figure(rule.found.calls_hit, 0, words),
      figure(sum(Object.values(rule.found.held)), 0, words),
      figure(rule.found.flags, 0, words),
      figure(rule.in_force === null ? null : rule.in_force.flags, 0, words),
      figure(rule.flags_per_coach_hour, 2, words),
      figure(rule.listening_min_per_1000_calls, 1, words),
    ].map((text) => el("td", { class: "figure" }, text))));
  return el("table", {},
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, words.t("rules.test.rule")),
      ...heads.map((head) => el("th", { scope: "col", class: "figure" }, head)))),
    el("tbody", {}, ...rows),
    report.rules.length > 1 && together(report, words));
}

/** What all rules of the draft would ask of a coach. @param {Report} report @param {Words} words */
const together = (report, words) =>
  el("tfoot", {}, el("tr", {}, el("td", { colspan: 4 }, words.t("rules.test.together")), ...[
    figure(sum(report.rules.map((rule) => rule.found.flags)), 0, words),
    figure(sum(report.rules.map((rule) => rule.in_force?.flags ?? 0)), 0, words),
    figure(report.flags_per_coach_hour, 2, words),
    figure(listening(report.rules), 1, words),
  ].map((text) => el("td", { class: "figure" }, text))));

/** Of all rules; unknown where no call was looked at. @param {RuleTested[]} rules */
const listening = (rules) =>
  rules.some((rule) => rule.listening_min_per_1000_calls === null) ? null : sum(rules.map((rule) => rule.listening_min_per_1000_calls ?? 0));

/** @param {readonly number[]} numbers */
const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);

/** Why flags were held, each reason with how often; nothing where none was. @param {RuleTested} rule @param {Words} words */
const heldWords = ({ found }, words) => {
  const reasons = Object.entries(found.held).map(([reason, count]) => words.t("rules.test.held_for", { n: count, reason: words.name("held", reason) }));
  return reasons.length > 0 && el("p", { class: "remark" }, `${words.t("rules.test.held_why")} ${reasons.join(" · ")}`);
};

/** What it would have told and what differs from the rule in force, with the seconds to hear. @param {RuleTested} rule @param {Words} words */
function moments(rule, words) {
  const found = rule.difference;
  const name = nameOf(rule, words);
  if (found === null) return rule.found.flags > 0 && el("div", { class: "moments" }, heldWords(rule, words), listed(words.t("rules.moments.all", { rule: name }), rule.told_first, rule.found.flags, words));
  return el("div", { class: "moments" },
    el("h3", {}, words.t("rules.moments", { rule: name, both: found.both, new: found.only_new, old: found.only_old })),
    heldWords(rule, words),
    el("div", { class: "sides" },
      found.only_new > 0 && listed(words.t("rules.moments.new"), found.only_new_first, found.only_new, words),
      found.only_old > 0 && listed(words.t("rules.moments.old"), found.only_old_first, found.only_old, words)));
}

/** The first of them; how many there are where that is more. @param {string} title @param {Moment[]} shown @param {number} count @param {Words} words */
const listed = (title, shown, count, words) =>
  el("div", {}, el("h4", {}, title, count > shown.length && el("span", { class: "remark" }, ` ${words.t("rules.moments.first", { n: shown.length, of: count })}`)),
    el("ul", {}, ...shown.map((moment) => line(moment, words))));

/** @param {Moment} moment @param {Words} words */
function line(moment, words) {
  const explained = words.language === "fr" ? moment.explanation_fr : moment.explanation_en;
  return el("li", {},
    el("p", {}, el("a", { href: `${reviewPath(moment.call_id)}#t=${Math.floor(moment.start_s)}` }, words.t("rules.moment", { call: moment.call_id, at: clock(moment.start_s) })),
      moment.words.length === 0 && explained !== "" && ` · ${explained}`),
    el("p", { class: "quote" }, ...lit(moment)),
    ...heard(moment, words));
}

/** A player, which says when it cannot play; or that there is nothing to play. @param {Moment} moment @param {Words} words */
function heard(moment, words) {
  if (moment.clip === null) return [el("p", { class: "remark" }, words.t("rules.moment.no_audio"))];
  const failed = el("p", { class: "remark", role: "status" });
  const label = words.t("rules.moment", { call: moment.call_id, at: clock(moment.start_s) });
  const fail = () => say(failed, words.t("rules.moment.not_played"));
  return [el("audio", { controls: true, preload: "none", src: moment.clip, "aria-label": label, onerror: fail }), failed];
}

/** What was said, with the words that were found in it. @param {Moment} moment */
function lit({ text, words }) {
  const heard = words.join(" ");
  const at = heard === "" ? -1 : text.indexOf(heard);
  if (at < 0) return [heard === "" ? "" : el("mark", {}, heard), heard === "" ? "" : " ", text];
  return [text.slice(0, at), el("mark", {}, heard), text.slice(at + heard.length)];
}

/** Minutes and seconds. @param {number} seconds */
export const clock = (seconds) =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

/** @param {RuleTested} rule @param {Words} words */
const nameOf = (rule, words) => (words.language === "fr" ? rule.name_fr : rule.name_en);

/** @param {number|null} value @param {number} digits @param {Words} words */
const figure = (value, digits, words) =>
  value === null ? "–" : value.toLocaleString(words.locale, { maximumFractionDigits: digits });
