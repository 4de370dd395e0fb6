// @ts-check
/** @import { Change, Imported, Kind, Listening, Logged, Person } from "../wire/people.js" */
/** @import { Words } from "../shared/i18n.js" */
import { byId, el, fill, say } from "../shared/dom.js";
import { wordsOf } from "../shared/i18n.js";
import { personOf } from "../shared/names.js";
import { learnNames, openPage } from "../shared/page.js";
import { refusalSpan } from "../shared/refusals.js";
import { send } from "../shared/sending.js";
import { ask } from "../shared/server.js";
import { createForm } from "./form.js";
import { listeningLine } from "./listenings.js";
import { drawTable } from "./table.js";

/** Accounts, teams, agents and who stands in for whom; a file of all of them; who changed what. */
const KINDS = /** @type {Kind[]} */ (["account", "team", "cover", "agent"]);
const LOOK_MS = 15_000;

/** @type {Words} */
let words = wordsOf("en");
/** @type {Person[]} */
let people = [];
/** @type {Logged[]} */
let log = [];
/** @type {Listening[]} */
let listenings = [];
/** @type {Imported|null} */
let imported = null;
/** @type {string|null} what the file says that was tried */
let tried = null;

const form = createForm({
  save: (kind, cells) => send("/v1/people", "PUT", { kind, cells }),
  remove: (kind, id) => send(`/v1/people?kind=${kind}&id=${encodeURIComponent(id)}`, "DELETE"),
  done: () => void load().then(() => say(byId("said"), words.t("people.saved"))),
});

function draw() {
  document.title = `${words.t("people.title")} – ${words.t("product")}`;
  for (const kind of KINDS) {
    drawTable(byId(`${kind}-table`), kind, people.filter((one) => one.kind === kind), words, {
      edit: (person) => form.open(kind, person, words),
      password: (person) => void handOut(person),
    });
  }
  list("log", log.map((line) => el("li", {}, el("span", { class: "when" }, when(line.at), ` · ${personOf(words, line.by)} · `), changeWords(line))));
  list("listenings", listenings.map((one) => listeningLine(one, words)));
  drawImported();
}

/** @param {string} id @param {Element[]} items */
const list = (id, items) => fill(byId(id), ...(items.length > 0 ? items : [el("li", { class: "none" }, words.t("people.none"))]));

function drawImported() {
  const { problems, changes, done } = imported ?? { problems: [], changes: [], done: false };
  const key = problems.length > 0 ? "people.file.wrong" : done ? "people.file.done" : "people.file.would";
  const nothing = problems.length === 0 && changes.length === 0;
  say(byId("import-words"), imported === null ? "" : nothing ? words.t("people.file.nothing") : words.plural(key, problems.length || changes.length));
  byId("import-go").hidden = imported === null || done || problems.length > 0 || changes.length === 0;
  fill(byId("import-problems"), ...problems.map((one) => el("li", {}, words.t("people.file.line", { line: one.line }), " ", refusalSpan(words, one.problem))));
  fill(byId("import-changes"), ...changes.map((one) => el("li", {}, changeWords(one))));
}

/** @param {Change} change */
function changeWords(change) {
  const fields = change.did === "changed" ? change.fields.map((one) => words.t("people.change", { field: words.name("people.field", one.field), before: one.before || "–", after: one.after || "–" })) : [];
  return [`${words.name("people.kind", change.kind)} ${change.whom}`, words.name("people.did", change.did), ...fields].join(" · ");
}

/** @param {string} at */
const when = (at) => new Date(at).toLocaleString(words.locale, { dateStyle: "short", timeStyle: "short" });

/** @param {Person} person */
async function handOut(person) {
  if (person.password && !confirm(words.t("people.password.sure", { name: person.id }))) return;
  const answer = await send(`/v1/people/accounts/${encodeURIComponent(person.id)}/password`, "POST");
  if (answer.status !== 200) {
    say(byId("said"), words.t("people.failed"));
    return;
  }
  say(byId("password"), answer.json.password);
  say(byId("password-words"), words.t("people.password.words", { name: person.id }));
  /** @type {HTMLDialogElement} */ (byId("password-box")).showModal();
  await load();
}

async function load() {
  const [found, changes, heard] = await Promise.all([
    ask("/v1/people"), ask("/v1/people/changes?limit=50"), ask("/v1/people/listenings?limit=50"),
  ]);
  void learnNames().catch(() => null); // ids say it, too
  people = withCoaches(found.entries);
  log = changes.changes;
  listenings = heard.listenings;
  draw();
}

/** Each team with the names of its coaches. @param {Person[]} entries @returns {Person[]} */
function withCoaches(entries) {
  const coaches = entries.filter((one) => one.kind === "account" && one.cells.closed === "" && one.cells.roles.split(";").includes("coach"));
  const of = (/** @type {string} */ team) => coaches.filter((one) => ["*", team].some((name) => one.cells.teams.split(";").includes(name)));
  return entries.map((one) => (one.kind === "team" ? { ...one, cells: { ...one.cells, coaches: of(one.id).map((coach) => coach.id).join(", ") } } : one));
}

/** @param {boolean} dryRun */
async function importFile(dryRun) {
  const answer = await send(`/v1/people/import?dry_run=${dryRun}`, "POST", undefined, tried ?? "");
  const told = answer.json?.changes !== undefined;
  imported = told ? answer.json : null;
  drawImported();
  if (!told) say(byId("import-words"), words.t("people.failed"));
  else if (!dryRun) await load();
}

for (const kind of KINDS) byId(`${kind}-add`).addEventListener("click", () => form.open(kind, null, words));
byId("import").addEventListener("submit", async (event) => {
  event.preventDefault();
  const chosen = /** @type {HTMLInputElement} */ (byId("file")).files?.[0];
  if (chosen === undefined) return;
  tried = await chosen.text();
  await importFile(true);
});
byId("file").addEventListener("change", () => {
  imported = tried = null;
  drawImported();
});
byId("import-go").addEventListener("click", () => void importFile(false));
byId("password-close").addEventListener("click", () => {
  /** @type {HTMLDialogElement} */ (byId("password-box")).close();
});
byId("password-box").addEventListener("close", () => say(byId("password"), ""));
openPage((chosen) => {
  words = chosen;
  draw();
});
void load().catch(() => say(byId("said"), words.t("people.failed")));
// shifts begin and end while the page is open
setInterval(() => void (document.hidden || load().catch(() => null)), LOOK_MS);
