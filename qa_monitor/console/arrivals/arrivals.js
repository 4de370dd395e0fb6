// @ts-check
/** @import { Arrival, Arrivals } from "../wire/arrivals.js" */
/** @import { Words } from "../shared/i18n.js" */
/** @import { Row } from "./row.js" */
import { follow } from "../shared/connection.js";
import { arrangeChildren, byId, say } from "../shared/dom.js";
import { wordsOf } from "../shared/i18n.js";
import { learnNames, openPage } from "../shared/page.js";
import { createPlaces } from "./places.js";
import { createRow, shownState, timeWithSeconds } from "./row.js";

/** Is my call arriving? Every connection of telephony, its level per channel, and why it was refused or ended. */
const SILENT_MS = 6000;
/** Nobody has connected for this long: say what to check. */
const HELP_AFTER_MS = 10_000;

/** @type {Words} */
let words = wordsOf("en");
/** @type {Arrivals|null} */
let known = null;
/** @type {"connecting"|"open"|"lost"} */
let link = "connecting";
/** @type {number|null} since when nobody is there, by the server's clock */
let emptySince_ms = null;
/** @type {Map<number, Row>} */
const rows = new Map();
const places = createPlaces();

function draw() {
  document.title = `${words.t("arrivals.title")} – ${words.t("product")}`;
  byId("link").className = `link ${link}`;
  say(byId("link-words"), words.t(`link.${link}`));
  byId("list").classList.toggle("stale", link === "lost");
  places.draw(words, known?.address ?? null);
  drawSummary();
  drawNobody();
  drawRows();
}

function drawSummary() {
  if (known === null) return;
  const count = (/** @type {string} */ state) =>
    known?.arrivals.filter((arrival) => shownState(arrival) === state).length ?? 0;
  const [live, waiting, refused] = [count("live"), count("waiting"), count("refused")];
  const sentences = [
    live > 0 ? words.plural("arrivals.live", live) : words.t("arrivals.quiet"),
    waiting > 0 ? words.plural("arrivals.waiting", waiting) : "",
    refused > 0 ? words.plural("arrivals.refused", refused) : "",
  ];
  if (link === "lost") sentences.unshift(words.t("arrivals.stale", { at: timeWithSeconds(words.locale, known.now) }));
  say(byId("summary"), sentences.filter((sentence) => sentence !== "").join(" "));
}

function drawNobody() {
  const nobody = known === null || known.arrivals.length === 0;
  byId("none").hidden = !nobody;
  byId("table").hidden = nobody;
  say(byId("none-words"), words.t(known === null ? "link.connecting" : "arrivals.none"));
  const empty_ms = known === null || emptySince_ms === null ? 0 : Date.parse(known.now) - emptySince_ms;
  byId("help").hidden = empty_ms < HELP_AFTER_MS;
  say(byId("try"), `qa-monitor simulate --check --protocol twilio --url ${location.origin}`);
}

/** Rows keep what is focused in them: each is made once, then told what changed. */
function drawRows() {
  if (known === null) return;
  const { arrivals } = known;
  const now_ms = Date.parse(known.now);
  const shown = new Set(arrivals.map((arrival) => arrival.number));
  for (const number of rows.keys()) if (!shown.has(number)) rows.delete(number);
  const focused = document.activeElement;
  arrangeChildren(byId("rows"), arrivals.map((arrival) => rowOf(arrival, now_ms).element));
  // a row that was moved has lost the keyboard on its way
  if (focused instanceof HTMLElement && byId("rows").contains(focused)) focused.focus({ preventScroll: true });
}

/** @param {Arrival} arrival @param {number} now_ms */
function rowOf(arrival, now_ms) {
  const row = rows.get(arrival.number) ?? createRow();
  rows.set(arrival.number, row);
  row.update(arrival, now_ms, words);
  return row;
}

openPage((chosen) => {
  words = chosen;
  draw();
});
void learnNames().catch(() => null); // ids say it, too
follow("/v1/arrivals/stream", {
  names: ["arrivals"],
  silence_ms: SILENT_MS,
  onEvent: (_, /** @type {Arrivals} */ data) => {
    known = data;
    link = "open";
    emptySince_ms = data.arrivals.length > 0 ? null : (emptySince_ms ?? Date.parse(data.now));
    draw();
  },
  onLink: (state) => {
    if (state === "lost") link = "lost";
    draw();
  },
});
