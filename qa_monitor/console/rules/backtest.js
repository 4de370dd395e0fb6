// @ts-check
/** @import { Moment, Report, RuleTested } from "../wire/rules.js" */
/** @import { Words } from "../shared/i18n.js" */
import { byId, el, fill } from "../shared/dom.js";
import { reviewPath } from "../shared/server.js";

/** What a draft would have told on past calls. @param {Report|null} report @param {Words} words */
export function drawTested(report, words) {
  if (report === null) {
    fill(byId("tested"));
    return;
  }
  fill(
    byId("tested"),
    el("p", {}, words.t("rules.test.amount", { calls: report.calls, hours: figure(report.call_hours, 1, words) })),
    table(report, words),
    el("p", { class: "remark" }, words.t("rules.test.formula", { agents: report.agents_per_coach })),
    el("p", { class: "remark" }, words.t("rules.test.work", { minutes: figure(report.work_min_per_1000_calls, 2, words) })),
    ...report.rules.map((rule) => moments(rule, words)),
  );
}

/** @param {Report} report @param {Words} words */
function table(report, words) {
  const heads = [words.t("rules.test.hits"), words.t("rules.test.calls"), words.t("rules.test.flags"),
    words.t("rules.test.rate"), words.t("rules.test.before")];
  const rows = report.rules.map((rule) =>
    el("tr", {}, el("td", {}, nameOf(rule, words)), ...[
      String(rule.found.hits),
      String(rule.found.calls_hit),
      String(rule.found.flags),
      figure(rule.flags_per_coach_hour, 2, words),
      rule.in_force === null ? "–" : String(rule.in_force.flags),
    ].map((text) => el("td", { class: "figure" }, text))));
  return el("table", {},
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, words.t("rules.test.rule")),
      ...heads.map((head) => el("th", { scope: "col", class: "figure" }, head)))),
    el("tbody", {}, ...rows));
}

/** @param {RuleTested} rule @param {Words} words */
function moments(rule, words) {
  const found = rule.difference;
  if (found === null) return listed(words.t("rules.moments.all", { rule: rule.rule_id }), rule.told_first, words);
  return el("div", { class: "moments" },
    el("h3", {}, words.t("rules.moments", { rule: rule.rule_id, both: found.both, new: found.only_new, old: found.only_old })),
    found.only_new > 0 && listed(words.t("rules.moments.new"), found.only_new_first, words),
    found.only_old > 0 && listed(words.t("rules.moments.old"), found.only_old_first, words));
}

/** @param {string} title @param {Moment[]} shown @param {Words} words */
const listed = (title, shown, words) =>
  el("div", { class: "moments" }, el("h3", {}, title), el("ul", {}, ...shown.map((moment) => line(moment, words))));

/** @param {Moment} moment @param {Words} words */
function line(moment, words) {
  const explained = words.language === "fr" ? moment.explanation_fr : moment.explanation_en;
  return el("li", {},
    el("a", { href: reviewPath(moment.call_id) }, moment.call_id), ` ${clock(moment.start_s)} `,
    moment.words.length > 0 ? el("mark", {}, moment.words.join(" ")) : explained, ` ${moment.text}`,
    el("audio", { controls: true, preload: "none", src: moment.clip }));
}

/** Minutes and seconds. @param {number} seconds */
export const clock = (seconds) =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

/** @param {RuleTested} rule @param {Words} words */
const nameOf = (rule, words) => (words.language === "fr" ? rule.name_fr : rule.name_en);

/** @param {number|null} value @param {number} digits @param {Words} words */
const figure = (value, digits, words) =>
  value === null ? "–" : value.toLocaleString(words.locale, { maximumFractionDigits: digits });
