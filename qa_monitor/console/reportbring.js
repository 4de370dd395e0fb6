// @ts-check
/** @import { Words } from "./i18n.js" */
import { byId, el, fill, say } from "./dom.js";
import { wordsOf } from "./i18n.js";
import { refusalIn } from "./refusals.js";

/**
 * Answers of customers and waits, brought in from a CSV file. With a mistake nothing is taken.
 *
 * @typedef {{taken: number, unmatched_count: number, problems: {line: number, problem: string}[]}} Taken
 */
export function openBringing() {
  /** @type {Words} */
  let words = wordsOf("en");
  /** @type {Taken|null} */
  let taken = null;
  let failed = false;

  function draw() {
    say(byId("bring-said"), failed ? words.t("report.bring.failed") : taken === null ? "" : sentence(taken));
    fill(byId("bring-problems"), ...(taken?.problems ?? []).map(({ line, problem }) =>
      el("li", {}, words.t("report.bring.line", { line, problem: refusalIn(words, problem) }))));
  }

  /** @param {Taken} found */
  function sentence(found) {
    if (found.problems.length > 0) return words.plural("report.bring.wrong", found.problems.length);
    if (found.taken === 0 && found.unmatched_count === 0) return words.t("report.bring.nothing");
    const done = words.plural("report.bring.done", found.taken);
    return found.unmatched_count === 0 ? done : `${done} ${words.plural("report.bring.unmatched", found.unmatched_count)}`;
  }

  byId("bring-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const file = /** @type {HTMLInputElement} */ (byId("bring-file")).files?.[0];
    if (file === undefined) return;
    const what = /** @type {HTMLSelectElement} */ (byId("bring-what")).value;
    const answer = await fetch(`/v1/${what}/import`, { method: "POST", headers: { "content-type": "text/csv" }, body: await file.text() }).catch(() => null);
    const found = answer === null ? null : await answer.json().catch(() => null);
    failed = found === null || !Array.isArray(found.problems);
    taken = failed ? null : found;
    draw();
  });
  return {
    /** @param {Words} chosen */
    draw(chosen) {
      words = chosen;
      draw();
    },
  };
}
