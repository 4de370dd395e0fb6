// @ts-check
/** @import { Asked, Report } from "../wire/reports.js" */
/** @import { Key, Words } from "../shared/i18n.js" */
import { byId, el, fill, say } from "../shared/dom.js";
import { dayOf } from "../shared/format.js";
import { wordsOf } from "../shared/i18n.js";
import { openPage } from "../shared/page.js";
import { ask, RequestFailed } from "../shared/server.js";
import { addressOf, askedIn, bysOf, EVERIES, KINDS, queryOf } from "./asked.js";
import { openBringing } from "./bring.js";
import { openSchedules } from "./schedules.js";
import { drawReport } from "./view.js";

/** Reports: asked for by a form, kept in the address, drawn as tables and charts that print. */

/** @type {Words} */
let words = wordsOf("en");
/** @type {Report|null} */
let known = null;
/** @type {Key|""} */
let trouble = "";
let mayExport = false;
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
/** @type {Asked} */
let asked = askedIn(location.search, new Date(), zone);

const select = (/** @type {string} */ id) => /** @type {HTMLSelectElement} */ (byId(id));
const input = (/** @type {string} */ id) => /** @type {HTMLInputElement} */ (byId(id));

/** @param {string} id @param {readonly string[]} values @param {string} family @param {string} chosen */
function options(id, values, family, chosen) {
  fill(byId(id), ...values.map((value) => el("option", { value, selected: value === chosen }, words.name(family, value))));
  select(id).value = chosen;
}

function drawForm() {
  options("kind", KINDS, "report.kind", asked.kind);
  options("by", bysOf(asked.kind), "report.by", asked.by);
  options("every", EVERIES, "report.every", asked.every);
  for (const name of /** @type {const} */ (["since", "until", "zone"])) input(name).value = asked[name];
  input("within").value = asked.within_s;
  byId("within-field").hidden = asked.kind !== "service";
}

/** @param {string} value */
const day = (value) => (Number.isNaN(Date.parse(value)) ? value : dayOf(words.locale, value));

function draw() {
  const title = words.name("report.kind", asked.kind);
  document.title = `${title} – ${words.t("product")}`;
  say(byId("title"), asked.plain ? title : words.t("report.title"));
  document.body.classList.toggle("plain", asked.plain);
  say(byId("about"), words.t("report.about", { first: day(asked.since), last: day(asked.until), zone: asked.zone }));
  const empty = known !== null && known.lines.length === 0;
  say(byId("said"), trouble !== "" ? words.t(trouble) : known === null ? words.t("report.working") : empty ? words.t("report.empty") : "");
  byId("result").hidden = known === null || empty;
  if (known === null || empty) return;
  const figures = known.definitions.map((each) => each.name);
  const chosen = figures.includes(asked.figure) ? asked.figure : figures[0];
  fill(byId("figure"), ...known.definitions.map((each) => el("option", { value: each.name }, each.words[words.language])));
  select("figure").value = chosen;
  for (const format of ["csv", "pdf"]) {
    byId(format).setAttribute("href", `/v1/reports/${asked.kind}?${queryOf(asked, { format, language: words.language })}`);
  }
  drawAnswers(known);
  byId("plain").hidden = asked.kind !== "service" || asked.plain;
  byId("plain").setAttribute("href", addressOf({ ...asked, by: "all", plain: true }));
  drawReport(known, words, chosen);
}

/** Every answer behind a report on scores, for those who may have them. @param {Report} report */
function drawAnswers(report) {
  const since = report.periods.at(0)?.since ?? "";
  const until = report.periods.at(-1)?.until ?? "";
  byId("answers").hidden = report.kind !== "scores" || !mayExport;
  byId("answers").setAttribute("href", `/v1/exports/scores?${new URLSearchParams({ format: "csv", since, until })}`);
}

async function load() {
  known = null;
  trouble = "";
  draw();
  const wanted = asked;
  try {
    const found = await ask(`/v1/reports/${wanted.kind}?${queryOf(wanted)}`);
    if (wanted === asked) known = found;
  } catch (error) {
    if (wanted === asked) trouble = error instanceof RequestFailed && error.status === 422 ? "report.refused" : "report.failed";
  }
  draw();
}

/** Ask for something else, and say so in the address. @param {Partial<Asked>} change */
function use(change) {
  asked = { ...asked, ...change };
  history.pushState(null, "", addressOf(asked));
}

byId("asked").addEventListener("submit", (event) => {
  event.preventDefault();
  use({
    kind: select("kind").value, by: select("by").value, every: select("every").value, since: input("since").value,
    until: input("until").value, zone: input("zone").value.trim(), within_s: input("within").value || "20", figure: "",
  });
  void load();
});
select("kind").addEventListener("change", () => {
  const kind = select("kind").value;
  const by = select("by").value;
  options("by", bysOf(kind), "report.by", bysOf(kind).includes(by) ? by : bysOf(kind)[0]);
  byId("within-field").hidden = kind !== "service";
});
select("figure").addEventListener("change", () => {
  use({ figure: select("figure").value });
  draw();
});
byId("print").addEventListener("click", () => print());
void ask("/v1/me").then((me) => {
  mayExport = me.account === null || me.roles.includes("qa_lead");
  draw();
}, () => {}); // without an answer nothing more is offered
addEventListener("popstate", () => {
  asked = askedIn(location.search, new Date(), zone);
  drawForm();
  void load();
});

fill(byId("zones"), ...Intl.supportedValuesOf("timeZone").map((value) => el("option", { value })));
const schedules = openSchedules(() => asked);
const bringing = openBringing();
openPage((chosen) => {
  words = chosen;
  drawForm();
  draw();
  schedules.draw(words);
  bringing.draw(words);
});
void load();
