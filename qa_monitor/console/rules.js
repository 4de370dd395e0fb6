// @ts-check
/** @import { Change, Checked, JudgedRule, Published, RulesInForce, Test, Tried } from "./ruletypes.js" */
/** @import { Words } from "./i18n.js" */
import { byId, el, fill, say } from "./dom.js";
import { wordsOf } from "./i18n.js";
import { openPage, recall, remember } from "./page.js";
import { createEditor } from "./ruleeditor.js";
import { createPrecision } from "./ruleprecision.js";
import { drawTested } from "./ruletest.js";
import { drawTried } from "./ruletry.js";
import { RequestFailed, ask } from "./server.js";

/** The rule editor: a draft is checked as one writes, tried on a sentence and on past calls, published and taken back. */
const PAUSE_MS = 400;
const LOOK_MS = 500;
const NAME = "qa-monitor.name";
const NEW_FILE = "rules:\n  - id: \n";

/** @type {Words} */
let words = wordsOf("en");
/** @type {RulesInForce|null} */
let rules = null;
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
const drawPrecision = createPrecision((judged) => void restore(judged));
/** @type {HTMLSelectElement} */
const published = byId("published");
/** @type {HTMLInputElement} */
const by = byId("by");

function draw() {
  document.title = `${words.t("rules.title")} – ${words.t("product")}`;
  if (rules !== null) say(byId("in-force"), words.t("rules.in_force", { version: rules.version }));
  drawPublished();
  drawChecked();
  if (rules !== null) drawPrecision(rules, words);
  if (tried !== null) drawTried(tried, words);
  drawTest();
}

function drawPublished() {
  const texts = rules?.published ?? [];
  const kept = published.value;
  fill(published,
    ...texts.map((one, index) => el("option", { value: String(index) }, scopeWords(one))),
    el("option", { value: "" }, words.t("rules.new")));
  published.value = texts.length > 0 && kept !== "" ? kept : published.options[0].value;
}

function drawChecked() {
  editor.mark(checked?.problems ?? [], words);
  const wrong = checked?.problems.length ?? 0;
  say(byId("verdict"), checked === null ? "" : wrong > 0 ? words.plural("rules.problems", wrong) : words.t("rules.good"));
  fill(byId("changes"), ...(checked?.differences ?? []).map((change) => el("li", {}, changeWords(change))));
}

function drawTest() {
  const runs = test?.state === "running";
  byId("test-cancel").hidden = !runs;
  byId("test-go").hidden = runs;
  /** @type {HTMLProgressElement} */
  const bar = byId("test-progress");
  bar.hidden = !runs;
  bar.value = test !== null && test.total > 0 ? test.done / test.total : 0;
  say(byId("test-words"), test === null ? "" : testWords(test));
  drawTested(test?.report ?? null, words);
}

/** @param {Test} now */
function testWords(now) {
  if (now.state === "running") return words.t("rules.test.running", { done: now.done, total: now.total });
  if (now.problems.length > 0) return words.t("rules.wrong");
  return now.problem ?? (now.state === "cancelled" ? words.t("rules.test.cancelled") : "");
}

/** @param {Published} one */
const scopeWords = (one) => [one.scope.tenant, one.scope.team].filter((name) => name !== "").join(" / ") || words.t("rules.everybody");

/** @param {Change} change */
function changeWords(change) {
  const lists = [
    ["rules.added", change.added],
    ["rules.removed", change.removed],
    ["rules.changed", change.changed.map((one) => `${one.rule_id} (${one.fields.join(", ")})`)],
  ];
  return lists
    .filter(([, ids]) => ids.length > 0)
    .map(([key, ids]) => words.t(/** @type {any} */ (key), { rules: /** @type {string[]} */ (ids).join(", ") }))
    .join(" ");
}

/** @param {string} path @param {string} method @param {unknown} body */
const send = (path, method, body) =>
  ask(path, { method, headers: { accept: "application/json", "content-type": "application/json" }, body: JSON.stringify(body) });

async function load() {
  rules = await ask("/v1/rules");
  draw();
}

function show() {
  const chosen = published.value === "" ? undefined : rules?.published[Number(published.value)];
  editor.put(chosen?.text ?? NEW_FILE);
}

async function check() {
  const text = editor.text;
  const found = await send("/v1/rules/check", "POST", { text }).catch(() => null);
  if (found !== null && text === editor.text) {
    checked = found;
    drawChecked();
  }
}

/** Say how it went; a refusal is shown at its lines by the check. @param {() => Promise<unknown>} change @param {string} done */
async function change(change, done) {
  remember(NAME, by.value);
  try {
    await change();
    await load();
    say(byId("published-words"), done);
  } catch (error) {
    const status = error instanceof RequestFailed ? error.status : 0;
    say(byId("published-words"), words.t(status === 409 ? "rules.undo.nothing" : status === 422 ? "rules.wrong" : "rules.failed"));
  }
  await check();
}

async function watch() {
  while (test?.state === "running" && test.test_id !== null) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    const now = await ask(`/v1/rules/test/${test.test_id}`).catch(() => null);
    if (now === null) continue;
    test = now;
    drawTest();
  }
}

/** @param {JudgedRule} judged */
async function restore({ rule, standing }) {
  if (!by.reportValidity()) return;
  remember(NAME, by.value);
  const body = { rule_version: rule.rule_version, tenant: standing.tenant, by: by.value };
  try {
    await send(`/v1/rules/${encodeURIComponent(rule.rule_id)}/restore`, "POST", body);
    await load();
    say(byId("restored-words"), words.t("precision.restore.done", { rule: rule.name[words.language] }));
  } catch {
    say(byId("restored-words"), words.t("rules.failed"));
  }
}

byId("publish").addEventListener("submit", (event) => {
  event.preventDefault();
  void change(() => send("/v1/rules", "PUT", { text: editor.text, by: by.value }), words.t("rules.done"));
});
byId("undo").addEventListener("click", () => {
  if (!by.reportValidity()) return;
  void change(() => send("/v1/rules/undo", "POST", { by: by.value }), words.t("rules.undone")).then(show);
});
byId("try").addEventListener("submit", async (event) => {
  event.preventDefault();
  const value = (/** @type {string} */ id) => /** @type {HTMLInputElement} */ (byId(id)).value;
  const asked = { text: editor.text, sentence: value("sentence"), language: value("sentence-language"), speaker: value("sentence-speaker") };
  tried = await send("/v1/rules/try", "POST", asked);
  draw();
});
byId("test").addEventListener("submit", async (event) => {
  event.preventDefault();
  const calls = /** @type {HTMLInputElement} */ (byId("calls")).value;
  try {
    test = await send("/v1/rules/test", "POST", { text: editor.text, calls });
  } catch (error) {
    const status = error instanceof RequestFailed ? error.status : 0;
    say(byId("test-words"), words.t(status === 409 ? "rules.test.busy" : status === 422 ? "rules.test.refused" : "rules.failed"));
    return;
  }
  drawTest();
  void watch();
});
byId("test-cancel").addEventListener("click", async () => {
  if (test?.test_id) test = await send(`/v1/rules/test/${test.test_id}`, "DELETE", {});
  drawTest();
});
published.addEventListener("change", show);
by.value = recall(NAME) ?? "";
openPage((chosen) => {
  words = chosen;
  const spoken = /** @type {HTMLSelectElement} */ (byId("sentence-language"));
  if (tried === null) spoken.value = words.language;
  draw();
});
// coaches go on judging while the page is open: look again when somebody comes back to it
document.addEventListener("visibilitychange", () => void (document.hidden || load().catch(() => null)));
void load().then(show);
