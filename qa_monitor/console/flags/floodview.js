// @ts-check
/** @import { Feed } from "../feed/feed.js" */
/** @import { Flag } from "../wire/flags.js" */
/** @import { Words } from "../shared/i18n.js" */
import { askedAt_ms, rateOf } from "../feed/care.js";
import { byId, el, fill, say } from "../shared/dom.js";
import { age } from "../shared/format.js";
import { prioritySign } from "../shared/signs.js";

/**
 * @typedef {object} Group the flags of one rule
 * @property {string} rule
 * @property {Flag} first the most pressing
 * @property {Flag[]} flags
 */

/** Do so many flags come that they are shown as counts? The server says so. @param {Feed} feed */
export const isFlooded = (feed) => feed.heartbeat !== null && feed.heartbeat.desks.some((desk) => desk.flooded);

/** By rule, in the order of the most pressing of each. @param {readonly Flag[]} flags in the order of the list @returns {Group[]} */
export function groupsOf(flags) {
  /** @type {Map<string, Group>} */
  const groups = new Map();
  for (const flag of flags) {
    const group = groups.get(flag.rule_id);
    if (group) group.flags.push(flag);
    else groups.set(flag.rule_id, { rule: flag.rule_id, first: flag, flags: [flag] });
  }
  return [...groups.values()];
}

/**
 * The flags that get a card: all of them, or in a flood the most pressing one and those of the groups somebody opened.
 *
 * @param {readonly Flag[]} flags in the order of the list
 * @param {boolean} flooded
 * @param {ReadonlySet<string>} opened rules
 * @returns {Flag[]}
 */
export const cardsOf = (flags, flooded, opened) =>
  flooded ? flags.filter((flag, place) => place === 0 || opened.has(flag.rule_id)) : [...flags];

/**
 * Counts by rule while a desk is flooded. A group that is opened stays open until the flood is over.
 *
 * @param {() => void} changed draw again
 */
export function createFloodView(changed) {
  const box = byId("flood");
  /** @type {Set<string>} */
  const opened = new Set();
  const toggle = (/** @type {string} */ rule) => {
    if (!opened.delete(rule)) opened.add(rule);
    changed();
  };
  return {
    /** The flags that get a card, once the counts are drawn. @param {Feed} feed @param {readonly Flag[]} flags @param {Words} words @param {number} now_ms */
    draw(feed, flags, words, now_ms) {
      const flooded = isFlooded(feed);
      box.hidden = !flooded;
      if (!flooded) {
        opened.clear();
        return [...flags];
      }
      say(byId("flood-title"), words.t("flood.title", { n: rateOf(feed.heartbeat?.desks ?? []) }));
      drawGroups(groupsOf(flags), opened, words, now_ms, toggle);
      return cardsOf(flags, true, opened);
    },
  };
}

/** @param {Group[]} groups @param {ReadonlySet<string>} opened @param {Words} words @param {number} now_ms @param {(rule: string) => void} toggle */
function drawGroups(groups, opened, words, now_ms, toggle) {
  const list = byId("flood-list");
  const row = (/** @type {Group} */ { rule, first, flags }) => {
    const oldest_ms = Math.min(...flags.map((flag) => askedAt_ms(flag) ?? now_ms));
    return { rule, first, name: first.name[words.language], open: opened.has(rule), count: flags.length,
      oldest: words.t("flood.oldest", { age: age(Math.max(0, (now_ms - oldest_ms) / 1000)) }) };
  };
  const rows = groups.map(row);
  const drawn = `${words.language}\n${rows.map((one) => [one.rule, one.first.priority, one.open, one.count].join(" ")).join("\n")}`;
  if (list.dataset.drawn !== drawn) {
    list.dataset.drawn = drawn;
    const focused = document.activeElement?.closest("[data-rule]")?.getAttribute("data-rule");
    fill(list, ...rows.map((one) => el("li", {},
      el("button", { type: "button", "data-rule": one.rule, "aria-expanded": String(one.open), onclick: () => toggle(one.rule) },
        el("b", { class: "count" }, String(one.count)), prioritySign(one.first.priority),
        el("span", { class: "unseen" }, words.name("priority", one.first.priority)),
        el("span", { class: "group-name" }, one.name),
        el("span", { class: "oldest" }),
        el("span", { class: "toggle" }, words.t(one.open ? "flood.close" : "flood.open"))))));
    if (focused) /** @type {HTMLElement|null} */ (list.querySelector(`[data-rule="${CSS.escape(focused)}"]`))?.focus();
  }
  rows.forEach((one, place) => say(/** @type {Element} */ (list.children[place].querySelector(".oldest")), one.oldest));
}
