// @ts-check
/** @import { FlagDispute } from "../wire/reviews.js" */
/** @import { Words } from "../shared/i18n.js" */
import { byId, el, fill, say } from "../shared/dom.js";
import { age } from "../shared/format.js";
import { wordsOf } from "../shared/i18n.js";
import { agentOf, teamOf } from "../shared/names.js";
import { openPage } from "../shared/page.js";
import { refusedIn } from "../shared/refusals.js";
import { send } from "../shared/sending.js";
import { ask } from "../shared/server.js";

/** On the page of reviews: flags that agents dispute, for a lead to decide. */
/** @type {Words} */
let words = wordsOf("en");
/** @type {FlagDispute[]|null} none: not loaded yet, or not for this person */
let disputes = null;

function draw() {
  byId("flag-dispute-section").hidden = disputes === null;
  const found = disputes ?? [];
  fill(byId("flag-disputes"), ...(found.length === 0 ? [el("li", { class: "none" }, words.t("reviews.disputes.none"))] : found.map(card)));
}

/** @param {FlagDispute} dispute */
function card(dispute) {
  const id = `flag-dispute-${dispute.flag_id}`;
  const reason = el("textarea", { id: `${id}-words`, rows: 2, maxlength: 4000, required: true });
  const choice = el("select", { id: `${id}-ruling` }, ...["stands", "false_alarm"].map((ruling) => el("option", { value: ruling }, words.name("dispute.ruling", ruling))));
  const decide = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    void settle(dispute, choice.value, reason.value);
  };
  return el("li", { class: "card" },
    el("h3", {}, el("a", { href: `/calls/${encodeURIComponent(dispute.call_id)}#t=${dispute.start_s.toFixed(1)}` }, dispute.name[words.language]), el("span", { class: "state" }, words.name("priority", dispute.priority))),
    el("p", { class: "remark" }, [agentOf(words, dispute), teamOf(words, dispute), age(dispute.start_s), dispute.call_id].filter((part) => part !== "").join(" · ")),
    dispute.said !== "" && el("p", {}, words.t("dispute.raised_by", { words: dispute.said })),
    el("blockquote", { class: "quote" }, el("span", { class: "who" }, words.t("reviews.agent.said", { name: agentOf(words, dispute) })), " ", dispute.words),
    el("form", { class: "decide", onsubmit: decide },
      el("label", { for: `${id}-ruling` }, words.t("reviews.ruling")), choice,
      el("label", { for: `${id}-words` }, words.t("dispute.reason")), reason,
      el("button", { type: "submit", class: "main" }, words.t("reviews.decide"))));
}

/** @param {FlagDispute} dispute @param {string} ruling @param {string} reason */
async function settle(dispute, ruling, reason) {
  const answer = await send(`/v1/flags/${encodeURIComponent(dispute.flag_id)}/dispute/decide`, "POST", { ruling, words: reason });
  if (answer.status !== 200) say(byId("said"), refusedIn(words, answer.json) ?? words.t("people.failed"));
  else {
    await load();
    say(byId("said"), words.t("dispute.decided"));
    byId("flag-dispute-section").focus({ preventScroll: true });
  }
}

async function load() {
  const me = await ask("/v1/me");
  if (me.account !== null && !me.roles.includes("qa_lead")) return;
  disputes = (await ask("/v1/flags/disputes?open=true")).disputes;
  draw();
}

openPage((chosen) => {
  words = chosen;
  draw();
});
void load().catch(() => say(byId("said"), words.t("people.failed")));
