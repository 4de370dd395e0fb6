// @ts-check
/** @import { Example, Reason, Surge, Term, Themes } from "../wire/customers.js" */
/** @import { Words } from "../shared/i18n.js" */
import { byId, el, fill, say, svg } from "../shared/dom.js";
import { clock, dayAndTime, number, share } from "../shared/format.js";
import { wordsOf } from "../shared/i18n.js";
import { nameAnywhere, personOf } from "../shared/names.js";
import { learnNames, openPage } from "../shared/page.js";
import { createPlayer } from "../shared/player.js";
import { ask, reviewPath } from "../shared/server.js";

/** What customers call about: surges, terms that have grown this week, and reasons week by week. */
const SURGES_EVERY_MS = 30_000;
const THEMES_EVERY_MS = 300_000;
/** Growth is drawn from 0.5 to 32 times, on a logarithmic scale. */
const LEAST = 0.5;
const MOST = 32;
const WIDTH = 150;
const HEIGHT = 18;

/** @type {Words} */
let words = wordsOf("en");
/** @type {Themes|null} */
let known = null;
/** @type {Surge[]} */
let surges = [];
let failed = false;
let asked = 0;
const player = createPlayer(() => markPlaying());

/** Where growth of so many times is drawn. Pure. @param {number} times */
export function placeOf(times) {
  const within = Math.min(MOST, Math.max(LEAST, times));
  return (Math.log(within / LEAST) / Math.log(MOST / LEAST)) * WIDTH;
}

/** The tallest bar of a reason's weeks, never 0. Pure. @param {Reason} reason */
export const tallest = (reason) => Math.max(0.0001, ...reason.weeks.map((week) => week.share ?? 0));

/** The most frequent of the running week first; those that too few calls named last. Pure. @param {Reason[]} reasons */
export const byFrequency = (reasons) => [...reasons].sort((one, other) => (other.weeks.at(-1)?.calls ?? 0) - (one.weeks.at(-1)?.calls ?? 0));

/** Growth in few signs: "×2.4". Pure. @param {import("../wire/calls.js").Language} language @param {number} times */
export function timesOf(language, times) {
  const digits = times < 9.95 ? 1 : 0;
  return `×${new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(times)}`;
}

function draw() {
  document.title = `${alarming().length > 0 ? `(${alarming().length}) ` : ""}${words.t("customers.title")} – ${words.t("product")}`;
  drawFilters();
  fill(byId("alarms"), ...surges.filter((surge) => surge.ended_at === null).map(surgeBox));
  const past = surges.filter((surge) => surge.ended_at !== null);
  byId("past").hidden = past.length === 0;
  fill(byId("surges"), ...past.map(pastItem));
  say(byId("period"), periodOf());
  if (known === null) return;
  fill(byId("rows"), ...(known.terms.length > 0 ? known.terms.map(termRow) : [emptyRow(known)]));
  const counted = known.calls + known.calls_before > 0;
  fill(byId("reasons"), ...(counted ? byFrequency(known.reasons).map(reasonItem) : [el("li", { class: "none" }, words.t("customers.uncounted"))]));
  markPlaying();
}

const alarming = () => surges.filter((surge) => surge.ended_at === null && surge.acknowledged_by === null);

function periodOf() {
  if (failed) return words.t("customers.failed");
  if (known === null) return words.t("link.connecting");
  const day = (/** @type {string} */ at) => new Intl.DateTimeFormat(words.locale, { day: "numeric", month: "long" }).format(new Date(at));
  const period = words.plural("customers.period", known.calls, { n: number(words.language, known.calls), from: day(known.begins_at), to: day(known.until) });
  if (known.counting) return `${period} ${words.t("customers.counting")}`;
  return known.learning ? `${period} ${words.t("customers.learning")}` : period;
}

function drawFilters() {
  const team = byId("team");
  const choice = (/** @type {string} */ value, /** @type {string} */ text, /** @type {string} */ chosen) =>
    el("option", { value, selected: value === chosen }, text);
  const chosenTeam = selected("team");
  fill(team, choice("", words.t("customers.team.all"), chosenTeam), ...(known?.teams ?? []).filter(Boolean).map((name) => choice(name, nameAnywhere(words.names.teams, name) || name, chosenTeam)));
  const chosen = selected("spoken");
  fill(byId("spoken"), choice("", words.t("customers.language.all"), chosen), choice("fr", words.t("customers.language.fr"), chosen), choice("en", words.t("customers.language.en"), chosen));
}

/** @param {string} id */
const selected = (id) => /** @type {HTMLSelectElement} */ (byId(id)).value;

/** @param {Themes} found */
const emptyRow = (found) => el("tr", {}, el("td", { colspan: 5, class: "none" }, words.t(found.calls_before === 0 ? "customers.first" : "customers.none")));

/** @param {Term} term */
function termRow(term) {
  const language = words.language;
  const named = term.reasons.map(reasonName).join(", ");
  const interval = words.t("customers.between", { low: timesOf(language, term.low), high: timesOf(language, term.high) });
  return el("tr", {},
    el("th", { scope: "row" }, el("span", { lang: term.language }, term.shown),
      el("span", { class: "term-note" }, term.language.toUpperCase(), named !== "" && ` · ${named}`),
      term.along.length > 0 && el("span", { class: "along" }, words.t("customers.along", { words: term.along.join(", ") }))),
    el("td", { class: "figure", title: words.t("customers.expected", { n: number(language, Math.round(term.expected * 10) / 10) }) }, number(language, term.calls)),
    el("td", { class: "figure" }, term.fresh ? el("span", { class: "fresh" }, words.t("customers.fresh")) : timesOf(language, term.times)),
    el("td", { class: "interval" }, intervalOf(term, interval)),
    el("td", {}, plays(term.theme, term.examples, term.shown)));
}

/** @param {Term} term @param {string} label */
function intervalOf(term, label) {
  const x = placeOf;
  const middle = HEIGHT / 2;
  return svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": label },
    svg("title", {}, label),
    svg("line", { class: "grid", x1: x(1), x2: x(1), y1: 0, y2: HEIGHT }),
    svg("line", { class: "range", x1: x(term.low), x2: Math.max(x(term.high), x(term.low) + 1), y1: middle, y2: middle }),
    svg("circle", { class: "point", cx: x(term.times), cy: middle, r: 4 }));
}

/** @param {string} theme @param {Example[]} examples @param {string} shown */
function plays(theme, examples, shown) {
  return el("div", { class: "plays" }, ...examples.map((example, place) => {
    const key = `${theme}/${place}`;
    const at = dayAndTime(words.locale, example.at);
    const name = words.t("customers.play", { words: shown, at });
    const url = example.clip;
    return el("span", { class: "pair" },
      url !== null && el("button", { type: "button", class: "play", "data-key": key, "aria-pressed": "false", "aria-label": name, title: name, onclick: () => player.toggle(key, url) }, `▶ ${place + 1}`),
      el("a", { href: `${reviewPath(example.call_id)}#${Math.floor(example.start_s)}`, title: `${at}, ${clock(example.start_s)}`, "aria-label": words.t("customers.open", { at }) }, clock(example.start_s)));
  }));
}

function markPlaying() {
  const { key, phase } = player.state();
  for (const button of document.querySelectorAll("button.play")) {
    button.setAttribute("aria-pressed", String(phase === "playing" && button.getAttribute("data-key") === key));
  }
}

/** @param {Reason} reason */
function reasonItem(reason) {
  const language = words.language;
  const now = reason.weeks.at(-1);
  const percent = (/** @type {number|null|undefined} */ value) => (typeof value === "number" ? share(language, value) : words.t("customers.few"));
  const label = words.t("customers.weeks", { name: reason.name[language], list: reason.weeks.map((week) => percent(week.share)).join(" · ") });
  return el("li", { class: `reason${reason.grown ? " grown" : ""}` },
    el("h3", {}, reason.name[language]),
    el("p", { class: "now" }, el("b", {}, percent(now?.share)), typeof now?.calls === "number" && ` · ${words.plural("customers.n", now.calls, { n: number(language, now.calls) })}`,
      reason.grown && reason.times !== null && ` · ${timesOf(language, reason.times)}`),
    bars(reason, label),
    plays(`reason:${reason.reason_id}`, reason.examples, reason.name[language]));
}

/** @param {Reason} reason @param {string} label */
function bars(reason, label) {
  const top = tallest(reason);
  const each = 100 / Math.max(1, reason.weeks.length);
  return svg("svg", { viewBox: "0 0 100 44", preserveAspectRatio: "none", role: "img", "aria-label": label },
    svg("title", {}, label),
    ...reason.weeks.map((week, place) => {
      const height = week.share === null ? 3 : Math.max(1, (week.share / top) * 42);
      const running = place === reason.weeks.length - 1;
      const kind = week.share === null ? "unknown" : running ? "bar running" : "bar";
      return svg("rect", { class: kind, x: place * each + 2, width: each - 4, y: 44 - height, height });
    }));
}

/** @param {string} id */
const reasonName = (id) => known?.reasons.find((reason) => reason.reason_id === id)?.name[words.language] ?? id;

/** @param {string[]} shown */
const quoted = (shown) => shown.map((each) => words.t("customers.quoted", { words: each })).join(", ");

/** What a surge is called: its words in the language it was found in, else its reasons. @param {Surge} surge */
const titleOf = (surge) => (surge.words.length > 0 ? quoted(surge.words[0].shown) : surge.reasons.map(reasonName).join(", "));

/** Its words in the other language, and the reasons it stands for. @param {Surge} surge */
function alsoOf(surge) {
  const others = surge.words.slice(1).map((one) => el("p", { class: "remark" },
    words.t(one.language === "fr" ? "customers.surge.also.fr" : "customers.surge.also.en"), el("span", { lang: one.language }, quoted(one.shown))));
  const named = surge.words.length > 0 && surge.reasons.length > 0;
  return [...others, named && el("p", { class: "remark" }, words.t("customers.surge.reasons", { names: surge.reasons.map(reasonName).join(", ") }))];
}

/** @param {Surge} surge */
function surgeBox(surge) {
  const seen = surge.acknowledged_by !== null;
  return el("section", { class: `surge${seen ? " known" : ""}`, role: seen ? null : "alert" },
    el("h2", {}, words.t("customers.surge", { words: titleOf(surge) })),
    el("p", {}, words.plural("customers.surge.n", surge.calls, { n: number(words.language, surge.calls), since: dayAndTime(words.locale, surge.began_at), times: timesOf(words.language, surge.times) })),
    ...alsoOf(surge),
    plays(`surge/${surge.surge_id}`, surge.examples, titleOf(surge)),
    seen
      ? el("p", { class: "remark act" }, words.t("customers.known", { by: personOf(words, surge.acknowledged_by ?? "") }))
      : el("button", { type: "button", class: "main act", onclick: () => void acknowledge(surge) }, words.t("customers.acknowledge")));
}

/** @param {Surge} surge */
function pastItem(surge) {
  const when = (/** @type {string|null} */ at) => (at === null ? "" : dayAndTime(words.locale, at));
  return el("li", {}, el("b", {}, titleOf(surge)),
    el("span", { class: "remark" }, words.t("customers.past.when", { from: when(surge.began_at), to: when(surge.ended_at), times: timesOf(words.language, surge.times) })),
    ...alsoOf(surge),
    plays(`surge/${surge.surge_id}`, surge.examples, titleOf(surge)));
}

/** @param {Surge} surge */
async function acknowledge(surge) {
  try {
    const told = await ask(`/v1/themes/surges/${surge.surge_id}/acknowledge`, { method: "POST" });
    surges = surges.map((each) => (each.surge_id === surge.surge_id ? told : each));
  } catch {
    failed = true;
  }
  draw();
}

async function loadThemes() {
  const query = new URLSearchParams();
  if (selected("team") !== "") query.append("team", selected("team"));
  if (selected("spoken") !== "") query.append("language", selected("spoken"));
  asked += 1;
  const mine = asked;
  try {
    const found = await ask(`/v1/themes?${query}`);
    if (mine !== asked) return; // another choice was made meanwhile
    known = found;
    failed = false;
  } catch {
    failed = true;
  }
  draw();
}

async function loadSurges() {
  try {
    surges = (await ask("/v1/themes/surges")).surges;
    failed = false;
  } catch {
    failed = true;
  }
  draw();
}

if (document.body.classList.contains("customers")) {
  openPage((chosen) => {
    words = chosen;
    draw();
  });
  for (const id of ["team", "spoken"]) byId(id).addEventListener("change", () => void loadThemes());
  byId("print").addEventListener("click", () => print());
  void learnNames().catch(() => null); // ids say it, too
  void loadThemes();
  void loadSurges();
  setInterval(() => void loadSurges(), SURGES_EVERY_MS);
  setInterval(() => void loadThemes(), THEMES_EVERY_MS);
}
