// @ts-check
/** @import { Me } from "../wire/people.js" */
/** @import { Key, Words } from "../shared/i18n.js" */
import { byId, say } from "../shared/dom.js";
import { wordsOf } from "../shared/i18n.js";
import { openPage } from "../shared/page.js";
import { send } from "../shared/sending.js";
import { ask } from "../shared/server.js";

/** One's own account: who one is, logging out, another password. */
/** @type {Record<number, Key>} */
const REFUSALS = { 403: "account.wrong", 422: "account.weak", 429: "login.error.slow" };

/** @type {Words} */
let words = wordsOf("en");
/** @type {Me|null} */
let me = null;
/** @type {Key|null} what came of the last attempt */
let outcome = null;

function draw() {
  document.title = `${words.t("account.title")} – ${words.t("product")}`;
  say(byId("said"), outcome === null ? "" : words.t(outcome));
  if (me === null) return;
  say(byId("who"), me.account === null ? words.t("me.operator") : me.name);
  say(byId("roles"), me.must_change ? "–" : me.roles.map((role) => words.name("role", role)).join(", "));
  say(byId("teams"), me.every_team ? words.t("people.every_team") : me.teams.join(", ") || "–");
  byId("password-section").hidden = me.account === null;
  byId("must").hidden = !me.must_change;
  const home = /** @type {HTMLAnchorElement} */ (byId("home"));
  home.hidden = me.must_change;
  home.href = ["/", "/people", "/mine"].find((page) => me?.pages.includes(page)) ?? "/";
}

/** @param {string} id */
const field = (id) => /** @type {HTMLInputElement} */ (byId(id));

byId("change").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (field("new").value !== field("again").value) {
    outcome = "account.differ";
    draw();
    return;
  }
  const answer = await send("/v1/me/password", "PUT", { old: field("old").value, new: field("new").value });
  outcome = answer.status === 204 ? "account.changed" : (REFUSALS[answer.status] ?? "people.failed");
  if (answer.status === 204) {
    /** @type {HTMLFormElement} */ (byId("change")).reset();
    me = await ask("/v1/me");
  }
  draw();
});
openPage((chosen) => {
  words = chosen;
  draw();
});
void ask("/v1/me").then((found) => {
  me = found;
  draw();
}, () => null);
