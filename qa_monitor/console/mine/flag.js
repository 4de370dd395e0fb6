// @ts-check
/** @import { MyFlag } from "../wire/people.js" */
/** @import { Words } from "../shared/i18n.js" */
import { el } from "../shared/dom.js";

/** What came of the dispute of an own flag, or the way to begin one. @param {MyFlag} flag @param {Words} words @param {(flag: MyFlag, why: string) => void} send */
export function disputePart(flag, words, send) {
  const { dispute } = flag;
  if (dispute !== null) {
    const said = el("p", {}, words.t("mine.dispute.said", { words: dispute.words }));
    const ruled = dispute.ruling === null ? words.t("mine.dispute.waits") : `${words.name("dispute.ruling", dispute.ruling)} ${words.t("mine.dispute.because", { words: dispute.decided_words ?? "" })}`;
    return el("div", { class: "dispute" }, said, el("p", {}, el("b", {}, ruled)));
  }
  const id = `dispute-flag-${flag.flag_id}`;
  const why = el("textarea", { id, rows: 2, maxlength: 4000, required: true });
  const form = el("form", { onsubmit: (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    send(flag, why.value);
  } }, el("label", { for: id }, words.t("mine.dispute.why")), why, el("button", { type: "submit" }, words.t("mine.dispute.send")));
  return el("details", {}, el("summary", {}, words.t("mine.dispute")), form);
}
