// @ts-check
/** @import { Call, ConsentEntry } from "../wire/calls.js" */
/** @import { Words } from "../shared/i18n.js" */
import { byId, el, fill, say } from "../shared/dom.js";
import { dateTime } from "../shared/format.js";
import { personOf } from "../shared/names.js";
import { ask, callPath } from "../shared/server.js";

const SURE_MS = 5000;

/** What the customer was told and answered, each with who said so and when. @param {Words} words @param {readonly ConsentEntry[]} entries */
export function drawConsents(words, entries) {
  const box = byId("consents");
  box.hidden = entries.length < 2;
  fill(box, ...entries.map((entry) => el("li", {}, words.t("consent.entry", {
    time: dateTime(words.locale, entry.at),
    consent: words.name("consent", entry.consent),
    notice: words.name("notice", entry.notice),
    source: [words.name("source", entry.source), personOf(words, entry.by)].filter((part) => part !== "").join(" "),
  }))));
}

/**
 * A button with which a coach stops the judging of a customer's voice and has all of it deleted. It asks once more
 * before it does: nothing of it comes back.
 *
 * @param {() => void} plan draw soon
 */
export function createObjection(plan) {
  const button = byId("pane-object");
  /** @type {string|null} the call that was asked about, and until when */
  let asked = null;
  let until_ms = 0;
  let failed = false;
  /** @type {Call|null} */
  let shown = null;

  button.addEventListener("click", async () => {
    if (shown === null) return;
    const { call_id } = shown;
    if (asked !== call_id || Date.now() > until_ms) {
      [asked, until_ms] = [call_id, Date.now() + SURE_MS];
      setTimeout(plan, SURE_MS);
      return plan();
    }
    asked = null;
    const body = JSON.stringify({ consent: "objected", source: "coach" });
    failed = await ask(`${callPath(call_id)}/consent`, { method: "POST", headers: { "content-type": "application/json" }, body })
      .then(() => false, () => true);
    plan();
  });

  return (/** @type {Words} */ words, /** @type {Call} */ call) => {
    if (shown?.call_id !== call.call_id) failed = false;
    shown = call;
    button.hidden = call.consent !== "granted";
    const sure = asked === call.call_id && Date.now() <= until_ms;
    say(button, words.t(failed ? "consent.object.failed" : sure ? "consent.object.sure" : "consent.object"));
    say(byId("pane-consent"), words.t("consent.line", {
      notice: words.name("notice", call.notice),
      consent: words.name("consent", call.consent),
    }));
  };
}
