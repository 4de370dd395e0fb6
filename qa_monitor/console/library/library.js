// @ts-check
/** @import { FoundPage, Sampled } from "../wire/library.js" */
/** @import { Words } from "../shared/i18n.js" */
import { byId, say } from "../shared/dom.js";
import { number } from "../shared/format.js";
import { wordsOf } from "../shared/i18n.js";
import { listenToKeys } from "../shared/keys.js";
import { learnNames, openPage } from "../shared/page.js";
import { ask } from "../shared/server.js";
import { createForm } from "./form.js";
import { callRows } from "./list.js";
import { isFiltered, listOnly, listPath, sampleOf } from "./query.js";
import { createSaved } from "./saved.js";

/** Kept calls: what is asked for stands in the address, what is found in the table. */
const table = byId("calls");
const sampleBox = /** @type {HTMLDialogElement} */ (byId("sample-box"));
const filters = createForm();
const saved = createSaved({ here: () => listOnly(address).toString(), go: (query) => go(new URLSearchParams(query)) });

/** @type {Words} */
let words = wordsOf("en");
let address = new URLSearchParams(location.search);
/** @type {FoundPage|null} */
let page = null;
/** @type {Sampled|null} */
let sample = null;
let failed = false;
let asking = 0;
let loads = 0;

function draw() {
  document.title = `${words.t("library.title")} – ${words.t("product")}`;
  filters.draw(words);
  filters.show(address);
  saved.draw(words);
  const rows = sample !== null
    ? sample.picks.map(({ call, reason }) => callRows(words, call, reason[words.language]))
    : (page?.calls ?? []).map((call) => callRows(words, call));
  for (const old of table.querySelectorAll("tbody")) old.remove();
  table.append(...rows);
  table.hidden = rows.length === 0;
  const empty = byId("empty");
  empty.hidden = rows.length > 0;
  say(empty, emptyWords());
  say(byId("count"), countWords());
  byId("first").hidden = !address.has("after") && sample === null;
  say(byId("first"), words.t(sample === null ? "library.first" : "library.sample.back"));
  byId("next").hidden = page?.next == null || sample !== null;
  byId("clear").hidden = address.size === 0;
  table.classList.toggle("busy", asking > 0);
}

function emptyWords() {
  if (failed) return words.t("library.unavailable");
  if (page === null && sample === null) return words.t("link.connecting");
  return words.t(isFiltered(address) ? "library.none" : "library.nothing");
}

function countWords() {
  const n = (/** @type {number} */ value) => number(words.language, value);
  if (sample !== null) return words.plural("library.sampled", sample.picks.length, { of: n(sample.of), seed: sample.seed });
  if (page === null) return "";
  return page.more ? words.t("library.more", { n: n(page.count) }) : words.plural("library.count", page.count);
}

/** Show another search, and let the way back lead to this one. @param {URLSearchParams} next */
function go(next) {
  address = next;
  history.pushState(null, "", next.size === 0 ? "/calls" : `/calls?${next}`);
  void load();
}

async function load() {
  const turn = ++loads;
  asking += 1;
  draw();
  const drawn = sampleOf(address);
  /** @type {FoundPage|null} */
  let list = null;
  /** @type {Sampled|null} */
  let picks = null;
  let broke = false;
  try {
    if (drawn === null) list = await ask(listPath(address));
    else picks = await ask("/v1/library/sample", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(drawn) });
  } catch {
    broke = true;
  }
  asking -= 1;
  // an earlier search that comes late is not the one that is shown
  if (turn === loads) [page, sample, failed] = [list, picks, broke];
  draw();
}

/** @param {1|-1} step */
function stepCall(step) {
  const links = /** @type {HTMLElement[]} */ ([...table.querySelectorAll("a.open")]);
  const at = links.findIndex((link) => link.closest("tbody")?.contains(document.activeElement));
  links[at === -1 ? 0 : Math.max(0, Math.min(links.length - 1, at + step))]?.focus();
}

function drawSample() {
  const value = (/** @type {string} */ id) => /** @type {HTMLInputElement|HTMLSelectElement} */ (byId(id)).value;
  const next = listOnly(filters.read());
  next.set("sample", value("sample-method"));
  next.set("part", value("sample-part"));
  next.set("size", value("sample-size"));
  next.set("seed", value("sample-seed"));
  go(next);
}

filters.form.addEventListener("submit", (event) => {
  event.preventDefault();
  go(filters.read());
});
// a choice is a search at once; what is typed waits for Enter, or for leaving the field
filters.form.addEventListener("change", () => go(filters.read()));
byId("clear").addEventListener("click", () => go(new URLSearchParams()));
byId("first").addEventListener("click", () => go(listOnly(address)));
byId("next").addEventListener("click", () => {
  const next = new URLSearchParams(address);
  next.set("after", page?.next ?? "");
  go(next);
  byId("found").focus();
  scrollTo({ top: 0 });
});
byId("sample-open").addEventListener("click", () => sampleBox.showModal());
byId("sample-cancel").addEventListener("click", () => sampleBox.close());
byId("sample-form").addEventListener("submit", (event) => {
  event.preventDefault();
  sampleBox.close();
  drawSample();
});
addEventListener("popstate", () => {
  address = new URLSearchParams(location.search);
  void load();
});
openPage((chosen) => {
  words = chosen;
  draw();
});
listenToKeys({
  "/": () => byId("text").focus(),
  j: () => stepCall(1),
  k: () => stepCall(-1),
});
void learnNames().catch(() => null); // ids say it, too
void load();
void ask("/v1/library/choices").then((found) => {
  filters.offer(found);
  draw();
}, () => null); // without them teams and rules can still be asked for by the address
void ask("/v1/me").then((me) => {
  byId("sample-open").hidden = !me.roles.includes("qa_lead");
}, () => null);
