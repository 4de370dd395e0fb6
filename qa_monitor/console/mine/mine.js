// @ts-check
/** @import { MyCall, MyFlag } from "../wire/people.js" */
/** @import { Words } from "../shared/i18n.js" */
import { byId, el, fill, say } from "../shared/dom.js";
import { age } from "../shared/format.js";
import { wordsOf } from "../shared/i18n.js";
import { openPage } from "../shared/page.js";
import { refusedIn } from "../shared/refusals.js";
import { send } from "../shared/sending.js";
import { ask } from "../shared/server.js";
import { disputePart } from "./flag.js";

/** An agent's own calls, once they are over: the same flags that coaches saw, with the same clips. */
/** @type {Words} */
let words = wordsOf("en");
/** @type {MyCall[]|null} none: not loaded yet */
let calls = null;
let failed = false;

function draw() {
  document.title = `${words.t("mine.title")} – ${words.t("product")}`;
  if (calls === null) fill(byId("calls"), el("li", { class: "none" }, words.t(failed ? "people.failed" : "link.connecting")));
  else if (calls.length === 0) fill(byId("calls"), el("li", { class: "none" }, words.t("mine.none")));
  else fill(byId("calls"), ...calls.map(callItem));
}

/** @param {MyCall} call */
function callItem(call) {
  const at = new Date(call.started_at).toLocaleString(words.locale, { dateStyle: "medium", timeStyle: "short" });
  const count = call.flags === null ? "" : words.plural("mine.flags", call.flags.length);
  return el("li", { class: "own-call" },
    el("h2", {}, at, el("span", { class: "remark" }, call.duration_s === null ? "" : age(call.duration_s)), el("span", { class: "remark" }, count)),
    ...(call.flags ?? []).map((flag) => flagItem(flag, call.language)));
}

/** @param {MyFlag} flag @param {string|null} spoken */
function flagItem(flag, spoken) {
  const language = words.language;
  return el("div", { class: `own-flag ${flag.priority}` },
    el("p", {}, el("b", {}, flag.name[language]), ` · ${words.name("priority", flag.priority)} · ${age(flag.start_s)}`),
    flag.said !== "" && el("blockquote", { class: "quote" }, flag.speaker !== null && el("span", { class: "who" }, words.name("speaker", flag.speaker)), el("span", { lang: spoken }, flag.said)),
    flag.explanation[language] !== "" && el("p", { class: "remark" }, flag.explanation[language]),
    flag.clip !== null && el("audio", { controls: true, preload: "none", src: flag.clip, "aria-label": words.t("mine.clip", { name: flag.name[language] }) }),
    disputePart(flag, words, (disputed, why) => void dispute(disputed, why)));
}

/** @param {MyFlag} flag @param {string} why */
async function dispute(flag, why) {
  const answer = await send(`/v1/mine/flags/${encodeURIComponent(flag.flag_id)}/dispute`, "POST", { words: why });
  say(byId("calls-said"), answer.status === 201 ? words.t("mine.dispute.sent") : (refusedIn(words, answer.json) ?? words.t("mine.reviews.failed_to_send")));
  if (answer.status === 201) await load();
}

openPage((chosen) => {
  words = chosen;
  draw();
});

async function load() {
  calls = (await ask("/v1/mine/calls")).calls;
  draw();
}

void load().catch(() => {
  failed = true;
  draw();
});
