// @ts-check
/** @import { Feed } from "./feed.js" */
/** @import { Heartbeat } from "../wire/feed.js" */
/** @import { Words } from "../shared/i18n.js" */
import { byId, el, fill, say } from "../shared/dom.js";
import { age, seconds } from "../shared/format.js";

/** A heartbeat comes every 2 s: beyond this, the silence is said in words. */
const SILENT_MS = 6000;
const KNOWN_LEVELS = 5;
/** Less speech than this is made up for before anybody has read the sentence. */
const WORTH_SAYING_S = 5;

/**
 * Is the service heard? What the dot and the words in the header say.
 *
 * @param {Feed} feed
 * @param {number} now_ms by this browser's clock
 * @returns {"connecting"|"open"|"lost"|"silent"}
 */
export function pulseOf(feed, now_ms) {
  if (feed.heard_ms !== null && now_ms - feed.heard_ms > SILENT_MS) return "silent";
  return feed.link === "open" && feed.heard_ms === null ? "connecting" : feed.link;
}

/** Draw the header from the state. @param {Feed} feed @param {Words} words @param {number} now_ms */
export function drawHeader(feed, words, now_ms) {
  const pulse = pulseOf(feed, now_ms);
  const silence = age((now_ms - (feed.heard_ms ?? now_ms)) / 1000);
  byId("pulse").className = `pulse ${pulse}`;
  say(byId("pulse-words"), words.t(`link.${pulse}`, { s: silence }));
  drawFigures(feed.heartbeat, words);
  drawWarnings(feed.heartbeat, words);
}

/** @param {Heartbeat|null} beat @param {Words} words */
function drawFigures(beat, words) {
  const s = (/** @type {number|null|undefined} */ value) => seconds(words.language, value);
  const pair = (/** @type {number|null|undefined} */ p50, /** @type {number|null|undefined} */ p95) =>
    words.t("figure.pair", { p50: s(p50), p95: s(p95) });
  say(byId("figure-lag"), s(beat?.lag_s));
  say(byId("figure-text"), pair(beat?.final_p50_s, beat?.final_p95_s));
  say(byId("figure-flags"), pair(beat?.flag_p50_s, beat?.flag_p95_s));
}

/**
 * What the coach should know about the service itself, most serious first; nothing when all is well.
 *
 * @param {Heartbeat|null} beat
 * @param {Words} words
 * @returns {string[]}
 */
export function warningsOf(beat, words) {
  if (beat === null) return [];
  const level = beat.shed_level;
  return [
    beat.saving ? "" : words.t("warning.saving"),
    typeof beat.drift_s === "number" ? words.t("warning.drift", { p95: seconds(words.language, beat.drift_s) }) : "",
    beat.disk_ok ? "" : words.t("warning.disk"),
    level > 0 && level <= KNOWN_LEVELS ? words.name("shed", String(level)) : "",
    level > KNOWN_LEVELS ? words.t("shed.other", { level }) : "",
    beat.shed.includes("refused") ? words.t("shed.refused") : "",
    beat.calls_recorded > 0 ? words.t("warning.recorded", { count: beat.calls_recorded }) : "",
    beat.later_s >= WORTH_SAYING_S ? words.t("warning.later", { age: age(beat.later_s) }) : "",
  ].filter((sentence) => sentence !== "");
}

/** @param {Heartbeat|null} beat @param {Words} words */
function drawWarnings(beat, words) {
  const box = byId("warnings");
  const sentences = warningsOf(beat, words);
  if (box.dataset.drawn === sentences.join("\n")) return;
  box.dataset.drawn = sentences.join("\n");
  fill(box, ...sentences.map((sentence) => el("p", {}, sentence)));
}
