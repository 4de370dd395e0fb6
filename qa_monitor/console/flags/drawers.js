// @ts-check
/** @import { Feed } from "../feed/feed.js" */
/** @import { Flag } from "../wire/flags.js" */
/** @import { Words } from "../shared/i18n.js" */
/** @import { Actions } from "./card.js" */
import { isHeld, isSnoozed } from "../feed/care.js";
import { isOpen } from "../feed/standing.js";
import { byId, el, fill, say } from "../shared/dom.js";
import { timeOfDay } from "../shared/format.js";
import { agentOf } from "../shared/names.js";
import { prioritySign } from "../shared/signs.js";

/** Open flags that ask nobody now, folded away: those the coach was spared, with why, and those put off, until when. */

/** The most pressing first, then the latest. @param {Feed} feed @param {(flag: Flag) => boolean} belongs @returns {Flag[]} */
export function drawerOf(feed, belongs) {
  const rank = { high: 0, medium: 1, low: 2 };
  const moment = (/** @type {Flag} */ flag) => Date.parse(flag.raised_at ?? "") || 0;
  return Object.values(feed.flags)
    .filter((flag) => isOpen(flag) && belongs(flag))
    .sort((a, b) => rank[a.priority] - rank[b.priority] || moment(b) - moment(a) || a.flag_id.localeCompare(b.flag_id));
}

/** @param {{feed: Feed, words: Words}} view @param {Actions} actions */
export function drawDrawers(view, actions) {
  const { words } = view;
  const held = drawerOf(view.feed, isHeld);
  const snoozed = drawerOf(view.feed, isSnoozed);
  say(byId("held-title"), words.plural("drawer.held", held.length));
  say(byId("snoozed-title"), words.plural("drawer.snoozed", snoozed.length));
  drawDrawer("held", view, held, actions, (flag) => words.name("desk", flag.care.held ?? ""));
  drawDrawer("snoozed", view, snoozed, actions, (flag) =>
    words.t("drawer.back", { time: timeOfDay(words.locale, flag.care.snoozed_until ?? "") }));
}

/**
 * @param {"held"|"snoozed"} name
 * @param {{words: Words}} view
 * @param {Flag[]} flags
 * @param {Actions} actions
 * @param {(flag: Flag) => string} why
 */
function drawDrawer(name, { words }, flags, actions, why) {
  const box = /** @type {HTMLDetailsElement} */ (byId(name));
  const drawn = `${words.language}\n${flags.map((flag) => `${flag.flag_id} ${flag.sequence} ${why(flag)}`).join("\n")}`;
  if (box.dataset.drawn === drawn) return;
  box.dataset.drawn = drawn;
  box.hidden = flags.length === 0;
  const focused = document.activeElement;
  const act = focused?.getAttribute("data-act");
  const row = box.contains(focused) ? focused?.closest("li")?.getAttribute("data-flag-id") : null;
  fill(byId(`${name}-list`), ...flags.map((flag) => drawerRow(words, flag, actions, why(flag))));
  if (act && row) /** @type {HTMLElement|null} */ (box.querySelector(`[data-flag-id="${CSS.escape(row)}"] [data-act="${act}"]`))?.focus();
}

/** @param {Words} words @param {Flag} flag @param {Actions} actions @param {string} why */
function drawerRow(words, flag, actions, why) {
  return el("li", { "data-flag-id": flag.flag_id },
    prioritySign(flag.priority),
    el("button", { type: "button", class: "plain", "data-act": "open", onclick: () => actions.open(flag) }, flag.name[words.language]),
    el("span", { class: "unseen" }, words.name("priority", flag.priority)),
    el("span", {}, agentOf(words, flag)),
    el("span", { class: "why" }, why),
    el("button", { type: "button", "data-act": "settle", title: words.t("flag.acknowledge.title"), onclick: () => actions.settle(flag) },
      words.t("flag.acknowledge"), el("kbd", { "aria-hidden": "true" }, "A")));
}
