// @ts-check
/** @import { Me } from "../wire/people.js" */
/** @import { Checked, HistoryEntry, JudgedRule, RulesInForce, Test, Tried } from "../wire/rules.js" */
/** @import { Words } from "../shared/i18n.js" */
import { byId, el, fill, say } from "../shared/dom.js";
import { dayAndTime } from "../shared/format.js";
import { wordsOf } from "../shared/i18n.js";
import { learnNames, openPage, recall, remember } from "../shared/page.js";
import { send as post } from "../shared/sending.js";
import { RequestFailed, ask } from "../shared/server.js";
import { createAdopting } from "./adopting.js";
import { drawTested } from "./backtest.js";
import { changeWords } from "./changes.js";
import { createEditor } from "./editor.js";
import { exampleText } from "./example.js";
import { SHOWN, drawHistory } from "./history.js";
import { createPrecision } from "./precision.js";
import { queryProblemIn } from "./problem.js";
import { drawRefused } from "./refused.js";
import { choicesOf, choiceWords, keyOf, notYoursWords, rightsWords, scopeWords } from "./rights.js";
import { drawTried } from "./trial.js";

/** The rule editor: a draft is checked as one writes, tried on a sentence and on past calls, published and taken back. */
const PAUSE_MS = 400;
const LOOK_MS = 500;
/** Why it did not work, by what was answered. @type {Record<number, import("../shared/i18n.js").Key>} */
const FAILED = { 403: "rules.refused", 409: "rules.undo.nothing", 422: "rules.wrong" };
const NAME = "qa-monitor.name";

/** @type {Words} */
let words = wordsOf("en");
/** @type {RulesInForce|null} */
let rules = null;
/** @type {Me|null} */
let me = null;
/** @type {HistoryEntry[]} */
let past = [];
/** @type {Checked|null} */
let checked = null;
/** @type {Tried|null} */
let tried = null;
/** @type {Test|null} */
let test = null;
/** @type {ReturnType<typeof setTimeout>|undefined} */
let pause;
const editor = createEditor(() => {
  clearTimeout(pause);
  pause = setTimeout(check, PAUSE_MS);
});
const drawAdopting = createAdopting(editor, () => {
  const scope = chosen()?.scope ?? { tenant: "", team: "" };
  return { scope, untouched: editor.text === exampleText(scope, words), words };
});
const drawPrecision = createPrecision((judged) => void restore(judged));
/** @type {HTMLSelectElement} */
const published = byId("published");
/** @type {HTMLInputElement} */
const by = byId("by");

function draw() {
  document.title = `${words.t("rules.title")} – ${words.t("product")}`;
  if (rules !== null) say(byId("in-force"), words.t("rules.in_force", { version: rules.version }));
  drawPublished();
  drawWho();
  drawChecked();
  drawHistory(past, words, (entry) => void take(entry));
  if (rules !== null) drawPrecision(rules, words, looks());
  drawRefused(rules?.refused ?? null, words);
  if (tried !== null) drawTried(tried, words);
  drawTest();
}

function drawPublished() {
  if (rules === null) return;
  const choices = choicesOf(rules);
  const kept = published.value;
  fill(published, ...choices.map((one) => el("option", { value: one.key }, choiceWords(one, words))));
  const first = choices.find((one) => one.yours) ?? choices[0];
  published.value = (choices.find((one) => one.key === kept) ?? first)?.key ?? "";
  say(byId("rights"), rightsWords(rules.rights, words));
  drawAdopting(rules);
}

const chosen = () => (rules === null ? undefined : choicesOf(rules).find((one) => one.key === published.value));

/** Whoever has an account signs with it; and who may not look at calls tries nothing on them. */
function drawWho() {
  const account = me?.account ?? null;
  for (const one of [by, document.querySelector("label[for=by]")]) if (one instanceof HTMLElement) one.hidden = account !== null;
  by.disabled = account !== null;
  say(byId("as"), account === null ? "" : words.t("rules.as", { name: me?.name ?? "" }));
  /** @type {HTMLButtonElement} */ (byId("test-go")).disabled = !looks();
  say(byId("test-not"), looks() ? "" : words.t("rules.test.not"));
}

/** The operator and QA leads see calls; administrators do not. */
const looks = () => me === null || me.account === null || me.roles.includes("qa_lead");

/** What may be done now, and why something may not. */
function drawActs() {
  const one = chosen();
  const refused = checked !== null && !checked.yours && checked.problems.length === 0;
  /** @type {HTMLButtonElement} */ (byId("publish-go")).disabled = refused;
  say(byId("not-yours"), refused && checked !== null ? notYoursWords(checked.scope, words) : "");
  const back = one !== undefined && one.text !== null && one.yours;
  /** @type {HTMLButtonElement} */ (byId("undo")).disabled = !back;
  const whom = one === undefined ? "" : scopeWords(one.scope, words);
  say(byId("not-undone"), one === undefined || back ? "" : words.t(one.yours ? "rules.undo.none" : "rules.undo.not_yours", { whom }));
}

function drawChecked() {
  editor.mark(checked?.problems ?? [], checked?.file ?? "", words);
  const wrong = checked?.problems.length ?? 0;
  say(byId("verdict"), checked === null ? "" : wrong > 0 ? words.plural("rules.problems", wrong) : words.t(checked.differences.length > 0 ? "rules.good" : "rules.good.same"));
  fill(byId("changes"), ...(checked?.differences ?? []).map((change) =>
    el("li", {}, el("b", {}, scopeWords(change.scope, words)), ` ${changeWords(change, words)}`)));
  drawActs();
}

function drawTest() {
  const runs = test?.state === "running";
  byId("test-cancel").hidden = !runs;
  byId("test-go").hidden = runs;
  /** @type {HTMLProgressElement} */
  const bar = byId("test-progress");
  bar.hidden = !runs;
  // how many calls there are is not known at once: till then it only shows that work goes on
  if (test !== null && test.total > 0) bar.value = test.done / test.total;
  else bar.removeAttribute("value");
  say(byId("test-words"), test === null ? "" : testWords(test));
  drawTested(test?.report ?? null, words);
}

/** @param {Test} now */
function testWords(now) {
  if (now.state === "running") return now.total === 0 ? words.t("report.working") : words.t("rules.test.running", { done: now.done, total: now.total });
  if (now.problems.length > 0) return words.t("rules.wrong");
  return now.problem ?? (now.state === "cancelled" ? words.t("rules.test.cancelled") : "");
}

/** @param {string} path @param {string} method @param {unknown} body */
const send = (path, method, body) =>
  ask(path, { method, headers: { accept: "application/json", "content-type": "application/json" }, body: JSON.stringify(body) });

async function load() {
  rules = await ask("/v1/rules");
  past = (await ask(`/v1/rules/history?limit=${SHOWN}`).catch(() => ({ entries: [] }))).entries;
  draw();
}

function show() {
  const one = chosen();
  editor.put(one?.text ?? exampleText(one?.scope ?? { tenant: "", team: "" }, words));
}

async function check() {
  const text = editor.text;
  const found = await send("/v1/rules/check", "POST", { text }).catch(() => null);
  if (found !== null && text === editor.text) {
    checked = found;
    drawChecked();
  }
}

/**
 * Say that it goes on, then how it went; a refusal is shown at its lines by the check. What is published stays chosen.
 *
 * @param {() => Promise<{scope: import("../wire/rules.js").RuleScope|null}>} change @param {string} going @param {string} done
 */
async function change(change, going, done) {
  remember(NAME, by.value);
  say(byId("published-words"), going);
  try {
    const { scope } = await change();
    await load();
    if (scope !== null && chosen()?.key !== keyOf(scope)) {
      published.value = keyOf(scope);
      drawActs();
    }
    say(byId("published-words"), done);
  } catch (error) {
    const status = error instanceof RequestFailed ? error.status : 0;
    say(byId("published-words"), words.t(FAILED[status] ?? "rules.failed"));
  }
  await check();
}

async function watch() {
  while (test?.state === "running" && test.test_id !== null) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    const now = await ask(`/v1/rules/test/${test.test_id}`).catch((/** @type {RequestFailed} */ error) => error);
    // a service that was started again knows nothing of it: it will never be over
    const gone = now instanceof RequestFailed && now.status === 404;
    if (now instanceof RequestFailed && !gone) continue;
    test = gone ? null : now;
    drawTest();
    if (gone) say(byId("test-words"), words.t("rules.test.gone"));
  }
}

/** What was published once becomes the draft: to be looked at, or published again. @param {HistoryEntry} entry */
async function take(entry) {
  /** @type {{published: string|null}|null} */
  const kept = await ask(`/v1/rules/history/${entry.number}`).catch(() => null);
  const text = kept?.published ?? null;
  if (text === null) return say(byId("published-words"), words.t("rules.failed"));
  if (entry.scope !== null) published.value = keyOf(entry.scope);
  editor.replace(text);
  drawActs();
  say(byId("published-words"), words.t("rules.take.done", { at: dayAndTime(words.locale, entry.at) }));
  byId("draft").focus();
}

/** The operator says who it is; the server takes the name of an account. */
const signed = () => (by.disabled ? (me?.name ?? "") : by.value);

/** @param {JudgedRule} judged */
async function restore({ rule, standing }) {
  if (!by.reportValidity()) return;
  remember(NAME, by.value);
  const body = { rule_version: rule.rule_version, tenant: standing.tenant, by: signed() };
  try {
    await send(`/v1/rules/${encodeURIComponent(rule.rule_id)}/restore`, "POST", body);
    await load();
    say(byId("restored-words"), words.t("precision.restore.done", { rule: rule.name[words.language] }));
  } catch (error) {
    const refused = error instanceof RequestFailed && error.status === 403;
    say(byId("restored-words"), words.t(refused ? "rules.refused" : "rules.failed"));
  }
}

byId("publish").addEventListener("submit", (event) => {
  event.preventDefault();
  void change(() => send("/v1/rules", "PUT", { text: editor.text, by: signed() }), words.t("rules.publishing"), words.t("rules.done"));
});
byId("undo").addEventListener("click", () => {
  if (!by.reportValidity()) return;
  void change(() => send("/v1/rules/undo", "POST", { by: signed(), scope: chosen()?.scope ?? null }), words.t("rules.undoing"), words.t("rules.undone")).then(show);
});
byId("try").addEventListener("submit", async (event) => {
  event.preventDefault();
  const value = (/** @type {string} */ id) => /** @type {HTMLInputElement} */ (byId(id)).value;
  // as in a call that the file is for, or its rules would not be asked
  const { tenant, team } = checked?.scope ?? { tenant: "", team: "" };
  const asked = { text: editor.text, tenant, team, sentence: value("sentence"), language: value("sentence-language"), speaker: value("sentence-speaker") };
  fill(byId("tried"), el("p", { class: "remark" }, words.t("rules.trying")));
  tried = await send("/v1/rules/try", "POST", asked).catch(() => null);
  if (tried === null) fill(byId("tried"), el("p", { class: "note" }, words.t("rules.failed")));
  draw();
});
byId("test").addEventListener("submit", async (event) => {
  event.preventDefault();
  const calls = /** @type {HTMLInputElement} */ (byId("calls")).value;
  say(byId("test-words"), words.t("report.working"));
  const go = /** @type {HTMLButtonElement} */ (byId("test-go"));
  go.disabled = true;
  const { status, json } = await post("/v1/rules/test", "POST", { text: editor.text, calls });
  go.disabled = false;
  if (status < 200 || status > 299) {
    say(byId("test-words"), status === 409 ? words.t("rules.test.busy") : status === 422 ? queryProblemIn(words, json?.detail) : words.t("rules.failed"));
    return;
  }
  test = json;
  drawTest();
  void watch();
});
byId("test-cancel").addEventListener("click", async () => {
  if (test?.test_id) test = await send(`/v1/rules/test/${test.test_id}`, "DELETE", {});
  drawTest();
});
// what was said of the last publication does not hold for what is written since
byId("draft").addEventListener("input", () => say(byId("published-words"), ""));
published.addEventListener("change", () => {
  show();
  drawAdopting(rules);
  drawActs();
});
by.value = recall(NAME) ?? "";
openPage((chosen) => {
  words = chosen;
  const spoken = /** @type {HTMLSelectElement} */ (byId("sentence-language"));
  if (tried === null) spoken.value = words.language;
  draw();
});
// coaches go on judging while the page is open: look again when somebody comes back to it
document.addEventListener("visibilitychange", () => void (document.hidden || load().catch(() => null)));
void ask("/v1/me").catch(() => null).then((found) => {
  me = found;
  draw();
});
void learnNames().catch(() => null); // ids say it, too
void load().then(show);
