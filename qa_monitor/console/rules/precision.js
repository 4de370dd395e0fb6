// @ts-check
/** @import { JudgedRule, PlaceFigures, RuleFigures, RulesInForce, Standing } from "../wire/rules.js" */
/** @import { Words } from "../shared/i18n.js" */
import { byId, el, fill, say } from "../shared/dom.js";
import { dayAndTime, share } from "../shared/format.js";
import { personOf, teamOf } from "../shared/names.js";
import { prioritySign } from "../shared/signs.js";
import { precisionBar, precisionWords } from "./precisionbar.js";

/** Nobody has said anything of the rule yet. @param {number} needed @returns {Standing} */
const unjudged = (needed) => ({
  tenant: "", useful: 0, false_alarm: 0, already_known: 0, precision: null, low: 0, high: 1, needed,
  demoted: false, demoted_since: null, restored_at: null, restored_by: null, yours: true,
});

/**
 * How often each rule is right: its interval against its floor, what is still needed, and what is demoted, since when and
 * why; apart, how often those on trial would be. Drawn again only when something changed, so that the focus stays.
 *
 * @param {(judged: JudgedRule) => void} restore tell its coaches again
 * @returns {(rules: RulesInForce, words: Words, looks: boolean) => void} `looks`: whether whoever sees the page may look at calls
 */
export function createPrecision(restore) {
  let drawn = "";
  return (rules, words, looks) => {
    const now = JSON.stringify([words.language, looks, rules.sets, [...words.names.teams], [...words.names.accounts]]);
    if (now === drawn) return;
    drawn = now;
    const all = inOrder(judgedRules(rules));
    const [onTrial, judged] = [all.filter((one) => one.rule.shadow), all.filter((one) => !one.rule.shadow)];
    const [heard, unheard] = [judged.filter((one) => countOf(one) > 0), judged.filter((one) => countOf(one) === 0)];
    const several = new Set([...heard, ...onTrial.filter((one) => countOf(one) > 0)].map((one) => one.standing.tenant)).size > 1;
    const item = (/** @type {JudgedRule} */ one) => drawRule(one, { several, looks }, words, restore);
    fill(byId("judged"), ...(heard.length > 0 ? heard.map(item) : [el("li", { class: "none" }, words.t("precision.nobody"))]));
    byId("unjudged-box").hidden = unheard.length === 0;
    say(byId("unjudged-title"), words.plural("precision.unjudged", unheard.length));
    fill(byId("unjudged"), ...unheard.map(item));
    byId("on-trial-box").hidden = onTrial.length === 0;
    fill(byId("on-trial"), ...onTrial.map(item));
  };
}

/**
 * Every version of a rule in force, for every tenant whose coaches said anything of it; once, whoever it holds for.
 *
 * @param {RulesInForce} rules
 * @returns {JudgedRule[]}
 */
export function judgedRules(rules) {
  /** @type {Map<string, RuleFigures>} */
  const versions = new Map();
  for (const { rules: held } of rules.sets) for (const rule of held) versions.set(`${rule.rule_id} ${rule.rule_version}`, rule);
  return [...versions.values()].flatMap((rule) =>
    (rule.judged.length > 0 ? rule.judged : [unjudged(rules.enough)]).map((standing) => ({ rule, standing })));
}

/** Demoted ones first, then those most was said of. @param {JudgedRule[]} judged */
export const inOrder = (judged) =>
  [...judged].sort((a, b) =>
    Number(b.standing.demoted) - Number(a.standing.demoted) || countOf(b) - countOf(a) || a.rule.rule_id.localeCompare(b.rule.rule_id));

/** A rule that was told again keeps its place, though nothing was said of it since. @param {JudgedRule} judged */
const countOf = ({ standing }) =>
  standing.useful + standing.false_alarm + standing.already_known + (standing.restored_at === null ? 0 : 0.5);

/** @param {JudgedRule} judged @param {{several: boolean, looks: boolean}} shown @param {Words} words @param {(judged: JudgedRule) => void} restore */
function drawRule(judged, { several, looks }, words, restore) {
  const { rule, standing } = judged;
  const places = rule.by_team.filter((place) => place.tenant === standing.tenant);
  return el("li", { class: standing.demoted ? "demoted" : "", "data-rule": rule.rule_id },
    el("div", { class: "named" },
      prioritySign(rule.priority), el("b", {}, rule.name[words.language]),
      standing.demoted ? el("span", { class: "state" }, words.t("precision.demoted")) : null,
      rule.shadow ? el("span", { class: "state" }, words.t("precision.shadow")) : null,
      looks && callsLink(rule, standing, words),
      el("span", { class: "remark" }, [rule.rule_id, several ? standing.tenant : ""].filter((part) => part !== "").join(" · "))),
    precisionBar(standing, rule.floor),
    el("p", { class: "said", title: countsWords(words, standing) }, precisionWords(words, standing)),
    el("p", { class: "standing" }, standingWords(words, rule, standing)),
    standing.demoted
      ? el("div", { class: "again" },
        el("button", { type: "button", disabled: !standing.yours, title: words.t("precision.restore.title"), onclick: () => restore(judged) }, words.t("precision.restore")),
        standing.yours ? null : el("p", { class: "remark" }, words.t("precision.restore.not_yours")))
      : null,
    places.length > 0 ? drawPlaces(words, places, rule.floor) : null);
}

/** To the calls it found something in, also where nobody was told: those of a rule on trial, too. @param {RuleFigures} rule @param {Standing} standing @param {Words} words */
function callsLink(rule, standing, words) {
  const asked = new URLSearchParams({ rule: rule.rule_id, held: "true", ...(standing.tenant === "" ? {} : { tenant: standing.tenant }) });
  return el("a", { class: "its-calls", href: `/calls?${asked}`, title: words.t("precision.calls.title") }, words.t("precision.calls"));
}

/** Useful, already known and false alarms, each with its count. @param {Words} words @param {Standing} standing */
const countsWords = (words, standing) =>
  words.t("precision.counts", { useful: standing.useful, known: standing.already_known, wrong: standing.false_alarm });

/** What follows from the figures. @param {Words} words @param {RuleFigures} rule @param {Standing} standing */
export function standingWords(words, rule, standing) {
  const sentences = [];
  if (rule.shadow) return words.t("precision.trial_only");
  const floor = rule.floor === null ? "" : share(words.language, rule.floor);
  if (standing.restored_at !== null) {
    const at = dayAndTime(words.locale, standing.restored_at);
    sentences.push(words.t("precision.restored", { at, who: personOf(words, standing.restored_by ?? "") }));
  }
  if (standing.demoted) {
    const high = share(words.language, standing.high);
    sentences.push(words.t("precision.why", { high, floor }));
    if (standing.demoted_since !== null) {
      sentences.push(words.t("precision.since", { at: dayAndTime(words.locale, standing.demoted_since) }));
    }
  } else if (rule.floor === null) sentences.push(words.t("precision.no_floor"));
  else if (standing.needed > 0) sentences.push(words.plural("precision.needed", standing.needed, { floor }));
  else sentences.push(words.t("precision.holds", { floor }));
  return sentences.join(" ");
}

/** The same by team and language. @param {Words} words @param {readonly PlaceFigures[]} places @param {number|null} floor */
function drawPlaces(words, places, floor) {
  const line = (/** @type {PlaceFigures} */ place) =>
    el("li", {},
      el("span", { class: "place" }, [teamOf(words, place) || words.t("team.none"), words.name("tongue", place.language ?? "none")].join(" · ")),
      precisionBar(place, floor), el("p", { class: "said" }, precisionWords(words, place)));
  return el("details", { class: "places" },
    el("summary", {}, words.plural("precision.places", places.length)), el("ul", {}, ...places.map(line)));
}
