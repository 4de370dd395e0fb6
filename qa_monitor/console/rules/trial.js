// @ts-check
/** @import { Tried, TriedFlag, TriedHit } from "../wire/rules.js" */
/** @import { Words } from "../shared/i18n.js" */
import { byId, el, fill } from "../shared/dom.js";

/** What a draft makes of one sentence. @param {Tried} tried @param {Words} words */
export function drawTried(tried, words) {
  if (tried.problems.length > 0) {
    fill(byId("tried"), el("p", {}, words.t("rules.wrong")));
    return;
  }
  const lit = new Set(tried.hits.flatMap((hit) => hit.lit));
  fill(
    byId("tried"),
    el("p", { class: "quote" }, ...tried.words.flatMap((word, place) => [lit.has(place) ? el("mark", {}, word) : word, " "])),
    tried.hits.length === 0 && el("p", { class: "remark" }, words.t("rules.try.none")),
    el("ul", {}, ...tried.hits.map((hit) => el("li", {}, hitWords(hit, tried, words)))),
    el("ul", {}, ...tried.flags.map((flag) => el("li", {}, flagWords(flag, tried, words)))),
  );
}

/** @param {string} rule_id @param {Tried} tried @param {Words} words */
const nameOf = (rule_id, { names }, words) => names[rule_id]?.[words.language] ?? rule_id;

/** @param {TriedHit} hit @param {Tried} tried @param {Words} words */
const hitWords = (hit, tried, words) =>
  words.t("rules.hit", {
    rule: nameOf(hit.rule_id, tried, words),
    phrase: hit.phrase,
    reason: words.name("reason", hit.reason),
    certainty: Math.round(hit.certainty * 100),
  });

/** @param {TriedFlag} flag @param {Tried} tried @param {Words} words */
const flagWords = (flag, tried, words) =>
  flag.held === null
    ? words.t("rules.flag.told", { rule: nameOf(flag.rule_id, tried, words), priority: words.name("priority", flag.priority).toLocaleLowerCase(words.locale) })
    : words.t("rules.flag.held", { rule: nameOf(flag.rule_id, tried, words), reason: words.name("held", flag.held) });
