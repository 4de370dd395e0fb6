// @ts-check
/** @import { FoundCall } from "../wire/library.js" */
/** @import { Words } from "../shared/i18n.js" */
import { byId, el, fill, say } from "../shared/dom.js";
import { age, number, when } from "../shared/format.js";
import { agentOf } from "../shared/names.js";
import { ask, callPath, reviewPath } from "../shared/server.js";

/**
 * Earlier calls about the same case. Out of sight where the call is of none.
 *
 * @param {string} callId
 * @returns {{load: () => Promise<void>, draw: (words: Words) => void}}
 */
export function createCasePane(callId) {
  /** @type {Words|null} */
  let words = null;
  /** @type {{case: string|null, calls: FoundCall[]}|null} */
  let found = null;

  const draw = () => {
    byId("case-panel").hidden = found === null || found.case === null;
    if (words === null || found === null || found.case === null) return;
    const now = words;
    say(byId("case-title"), now.t("review.case", { name: found.case }));
    fill(byId("case-calls"), ...(found.calls.length === 0 ? [el("li", { class: "none" }, now.t("review.case.none"))] : found.calls.map((one) => item(now, one))));
  };
  const item = (/** @type {Words} */ now, /** @type {FoundCall} */ one) => {
    const flags = one.flags.high + one.flags.medium + one.flags.low;
    const facts = [
      agentOf(now, one),
      one.duration_s === null ? "" : age(one.duration_s),
      now.plural("mine.flags", flags),
      one.score === null ? "" : now.t("review.score.total", { total: number(now.language, Math.round(one.score)) }),
    ];
    return el("li", {}, el("a", { href: reviewPath(one.call_id) }, when(one.began_at, now)),
      el("span", { class: "remark" }, ` ${facts.filter((fact) => fact !== "").join(" · ")}`));
  };
  return {
    load: async () => {
      found = await ask(`${callPath(callId)}/case`);
      draw();
    },
    draw: (next) => {
      if (next === words) return;
      words = next;
      draw();
    },
  };
}
