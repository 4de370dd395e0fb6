// @ts-check
/** @import { Call, ChannelHealth, Health } from "../wire/calls.js" */
/** @import { Words } from "../shared/i18n.js" */
import { el, fill, say } from "../shared/dom.js";
import { number, share } from "../shared/format.js";

const QUIETEST_DB = -60;
const LEAST_LOST = 0.005;

/** @typedef {{words: Words, call: Call, health: Health|null}} HealthView `health`: none while nothing is known of it */

/**
 * How much of a level meter is filled, 0 to 1: from -60 dB to full scale, as the ear hears it. Pure.
 *
 * @param {number} level_db
 */
export const filledOf = (level_db) => Math.max(0, Math.min(1, 1 - level_db / QUIETEST_DB));

/**
 * What is wrong besides the reason for which the call is blind: that one is said once. Pure.
 *
 * @param {Health|null} health
 * @returns {string[]}
 */
export const factsBeside = (health) => (health?.facts ?? []).filter((fact) => fact !== health?.blind);

/**
 * How well a call is heard: a thin meter per channel, and words only where something is wrong or paused. What no longer
 * holds is gone.
 *
 * @param {HTMLElement} box
 * @returns {(view: HealthView) => void}
 */
export function createHealth(box) {
  // there from the start, so that screen readers are told of what comes
  const hold = el("p", { class: "hold", role: "status" });
  const blind = el("p", { class: "blind", role: "status" });
  const facts = el("div", { class: "health-facts", role: "status" });
  const meters = el("div", { class: "meters" });
  let drawn = "";
  fill(box, hold, blind, facts, meters);

  return ({ words, call, health }) => {
    const live = call.state === "live";
    say(hold, live ? holdOf(words, health) : "");
    const reason = live && health !== null ? health.blind : call.blind;
    say(blind, reason === null ? "" : words.t("blind", { reason: words.name("blind", reason) }));
    const wrong = (live ? factsBeside(health) : []).map((fact) => words.name("health", fact));
    if (wrong.join() !== [...facts.children].map((item) => item.textContent).join()) {
      fill(facts, ...wrong.map((text) => el("p", {}, text)));
    }
    const channels = live ? call.channels : [];
    const wanted = `${words.language} ${channels.join()}`;
    if (drawn !== wanted) fill(meters, ...channels.map((speaker) => emptyMeter(words, speaker)));
    drawn = wanted;
    // while nothing is heard, the last level says nothing
    channels.forEach((speaker, index) =>
      drawLevel(meters.children[index], words, speaker, health?.paused ? null : (health?.channels[index] ?? null)));
  };
}

/** That nothing is heard because somebody wants it so. @param {Words} words @param {Health|null} health */
function holdOf(words, health) {
  if (!health?.paused) return "";
  return words.t(health.paused === "off_record" ? "pause.off_record.long" : "pause.paused.long");
}

/** @param {Words} words @param {string} speaker */
const emptyMeter = (words, speaker) =>
  el("div", { class: "meter" },
    el("span", { class: "who", "aria-hidden": "true" }, words.name("speaker", speaker)),
    el("span", { class: "track", role: "meter", "aria-label": words.name("speaker", speaker),
      "aria-valuemin": QUIETEST_DB, "aria-valuemax": 0 }, el("span", { class: "filled" })));

/** @param {Element} meter @param {Words} words @param {string} speaker @param {ChannelHealth|null} channel */
function drawLevel(meter, words, speaker, channel) {
  const level_db = Math.max(QUIETEST_DB, channel?.level_db ?? QUIETEST_DB);
  const said = levelOf(words, level_db, channel?.lost_share ?? 0);
  const track = /** @type {HTMLElement} */ (meter.querySelector(".track"));
  track.setAttribute("aria-valuenow", String(Math.round(level_db)));
  track.setAttribute("aria-valuetext", said);
  /** @type {HTMLElement} */ (meter.querySelector(".filled")).style.width = `${Math.round(filledOf(level_db) * 100)}%`;
  const title = words.t("level.title", { speaker: words.name("speaker", speaker), level: said });
  if (meter.getAttribute("title") !== title) meter.setAttribute("title", title);
}

/** How loud, and how much is missing where it is worth a word. @param {Words} words @param {number} level_db @param {number} lost */
function levelOf(words, level_db, lost) {
  const { language, t } = words;
  const level = level_db <= QUIETEST_DB ? t("arrivals.silent") : `${number(language, Math.round(level_db))}\u00a0dB`;
  return lost < LEAST_LOST ? level : `${level}, ${t("arrivals.lost", { share: share(language, lost) })}`;
}
