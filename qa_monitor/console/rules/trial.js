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
    el("ul", {}, ...tried.hits.map((hit) => el("li", {}, hitWords(hit, words)))),
    el("ul", {}, ...tried.flags.map((flag) => el("li", {}, flagWords(flag, words)))),
  );
}

/** @param {TriedHit} hit @param {Words} words */
const hitWords = (hit, words) =>
  words.t("rules.hit", {
    rule: hit.rule_id,
    phrase: hit.phrase,
    reason: words.name("reason", hit.reason),
    certainty: Math.round(hit.certainty * 100),
  });

/** @param {TriedFlag} flag @param {Words} words */
const flagWords = (flag, words) =>
  flag.held === null
    ? words.t("rules.flag.told", { rule: flag.rule_id, priority: words.name("priority", flag.priority) })
    : words.t("rules.flag.held", { rule: flag.rule_id, reason: words.name("held", flag.held) });
