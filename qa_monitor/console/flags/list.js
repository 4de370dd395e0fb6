// @ts-check
/** @import { Feed } from "../feed/feed.js" */
/** @import { Flag } from "../wire/flags.js" */
/** @import { Key, Words } from "../shared/i18n.js" */
/** @import { ClipState } from "../shared/player.js" */
/** @import { Actions, Card } from "./card.js" */
import { nameOf, outcomeOf, rateOf } from "../feed/care.js";
import { isOngoing, liveCalls } from "../feed/calls.js";
import { arrange, handledFlags, openCounts, shownFlags } from "../feed/shown.js";
import { arrangeChildren, byId, el, fill, say } from "../shared/dom.js";
import { timeOfDay } from "../shared/format.js";
import { agentOf } from "../shared/names.js";
import { prioritySign } from "../shared/signs.js";
import { actButtons } from "./actdialog.js";
import { createCard } from "./card.js";
import { drawDrawers } from "./drawers.js";
import { stateOf } from "./evidence.js";
import { createFloodView } from "./floodview.js";
import { verdictButtons } from "./verdict.js";

/**
 * @typedef {object} ListView
 * @property {Feed} feed
 * @property {Words} words
 * @property {number} now_ms by the server's clock
 * @property {ClipState} clip
 * @property {Readonly<Record<string, Key>>} notes by flag id: what went wrong with the last click
 *
 * @typedef {object} FlagList
 * @property {(view: ListView) => void} draw
 * @property {(step: 1|-1) => void} move select the next or the previous flag
 * @property {() => Flag|null} selected
 * @property {() => Flag[]} shown those with a card
 */

/**
 * The list of flags. It keeps still while the pointer rests on it: flags change in place, new ones wait in a line above.
 *
 * @param {Actions} actions
 * @returns {FlagList}
 */
export function createFlagList(actions) {
  const list = byId("flag-list");
  const chip = byId("flag-new");
  /** @type {Map<string, Card>} */
  const cards = new Map();
  /** @type {readonly string[]} */
  let ids = [];
  /** @type {string|null} */
  let selectedId = null;
  /** @type {ListView|null} */
  let latest = null;
  let hovering = false;

  const draw = (/** @type {ListView} */ view) => {
    latest = view;
    const { flags } = view.feed;
    const asking = shownFlags(view.feed);
    const wanted = flood.draw(view.feed, asking, view.words, view.now_ms).map((flag) => flag.flag_id);
    const still = ids.filter((id) => Object.hasOwn(flags, id));
    const arranged = arrange(still, wanted, hovering);
    selectedId = keepSelection(ids, arranged.ids, selectedId);
    ids = arranged.ids;
    for (const id of cards.keys()) if (!ids.includes(id)) cards.delete(id);
    arrangeChildren(list, ids.map((id) => drawCard(view, id)));
    drawChip(chip, arranged.pending.map((id) => flags[id]), view.words);
    drawDrawers(view, actions);
    drawHandled(view, actions);
    drawRest(view, ids.length + arranged.pending.length);
  };

  const drawCard = (/** @type {ListView} */ view, /** @type {string} */ id) => {
    const card = cards.get(id) ?? createCard(actions);
    cards.set(id, card);
    const flag = view.feed.flags[id];
    const { words, now_ms, clip } = view;
    const call = view.feed.calls[flag.call_id];
    card.update({ flag, words, now_ms, clip, call, over: !isOngoing(view.feed, flag), note: id in view.notes ? words.t(view.notes[id]) : null });
    if (id === selectedId) card.element.setAttribute("aria-current", "true");
    else card.element.removeAttribute("aria-current");
    return card.element;
  };

  const redraw = () => latest && draw(latest);
  const flood = createFloodView(redraw);
  const hover = (/** @type {boolean} */ over) => {
    hovering = over;
    redraw();
  };
  let rest = "";
  const place = (/** @type {PointerEvent} */ event) => `${event.clientX},${event.clientY}`;
  const away = (/** @type {PointerEvent} */ event) => {
    if (place(event) === rest) return;
    document.removeEventListener("pointermove", away);
    if (!(event.target instanceof Node && list.contains(event.target))) hover(false);
  };
  list.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && hover(true));
  list.addEventListener("pointermove", (event) => (rest = place(event)));
  list.addEventListener("pointerleave", (event) => {
    // where a card has shrunk under a pointer that rests, nobody has left the list
    if (place(event) === rest) document.addEventListener("pointermove", away);
    else hover(false);
  });
  chip.addEventListener("click", () => hover(false));
  list.addEventListener("focusin", (event) => {
    const card = event.target instanceof Element ? event.target.closest("li") : null;
    selectedId = card?.dataset.flagId ?? selectedId;
    redraw();
  });

  const move = (/** @type {1|-1} */ step) => {
    if (ids.length === 0) return;
    const place = selectedId === null ? -1 : ids.indexOf(selectedId);
    const next = place < 0 ? 0 : Math.max(0, Math.min(ids.length - 1, place + step));
    selectedId = ids[next];
    cards.get(selectedId)?.element.focus();
    redraw();
  };
  return {
    draw,
    move,
    selected: () => (selectedId && latest ? (latest.feed.flags[selectedId] ?? null) : null),
    shown: () => ids.map((id) => latest?.feed.flags[id]).filter((flag) => flag !== undefined),
  };
}

/**
 * The flag that stays selected: the same, else the one that took its place.
 *
 * @param {readonly string[]} before
 * @param {readonly string[]} after
 * @param {string|null} selected
 * @returns {string|null}
 */
export function keepSelection(before, after, selected) {
  if (selected === null || after.includes(selected)) return selected;
  return after[Math.min(before.indexOf(selected), after.length - 1)] ?? null;
}

/** @param {HTMLElement} chip @param {Flag[]} pending @param {Words} words */
function drawChip(chip, pending, words) {
  chip.hidden = pending.length === 0;
  if (pending.length === 0) return;
  const [first] = pending;
  const text = words.plural("flags.new", pending.length, { name: first.name[words.language] });
  if (chip.textContent === text && chip.dataset.priority === first.priority) return;
  chip.dataset.priority = first.priority;
  fill(chip, prioritySign(first.priority), text);
}

/** What is said when nothing asks for anyone. @param {ListView} view @param {number} count */
function drawRest(view, count) {
  const { feed, words } = view;
  byId("flag-rest").hidden = count > 0;
  const { ongoing, over } = openCounts(feed);
  const told = rateOf(feed.heartbeat?.desks ?? []);
  const counts = [
    ongoing === 0 ? "" : words.plural("flags.count", ongoing),
    over === 0 ? "" : words.plural("flags.over", over),
    told === 0 ? "" : words.plural("flags.rate", told),
  ];
  say(byId("flag-count"), counts.filter((part) => part !== "").join(" · "));
  const [title, text] = restWords(feed, words);
  say(byId("flag-rest-title"), title);
  say(byId("flag-rest-text"), text);
}

/** @param {Feed} feed @param {Words} words @returns {[string, string]} */
function restWords(feed, words) {
  if (feed.link === "lost") return [words.t("flags.rest.offline"), words.t("link.lost")];
  if (feed.heartbeat === null) return [words.t("flags.rest.wait"), ""];
  return [words.t("flags.rest"), words.plural("flags.followed", liveCalls(feed).length)];
}

/** Flags somebody took care of, folded away. @param {ListView} view @param {Actions} actions */
function drawHandled(view, actions) {
  const { feed, words } = view;
  const box = /** @type {HTMLDetailsElement} */ (byId("handled"));
  const flags = handledFlags(feed);
  const row = (/** @type {Flag} */ flag) => [flag.flag_id, flag.state, flag.verdict, flag.care.outcome, view.notes[flag.flag_id]].join(" ");
  const drawn = `${words.language}\n${flags.map(row).join("\n")}`;
  if (box.dataset.drawn === drawn) return;
  box.dataset.drawn = drawn;
  box.hidden = flags.length === 0;
  say(byId("handled-title"), words.plural("flags.handled", flags.length));
  const focused = whereFocused(box);
  fill(byId("handled-list"), ...flags.map((flag) => handledRow(flag, view, actions)));
  if (focused !== null) /** @type {HTMLElement|null} */ (box.querySelector(focused))?.focus();
}

/** What leads to the focused button once the rows are drawn anew. @param {HTMLElement} box */
function whereFocused(box) {
  const { activeElement } = document;
  const act = activeElement?.getAttribute("data-act");
  const row = activeElement?.closest("li");
  return act && row && box.contains(row) ? `[data-flag-id="${CSS.escape(row.dataset.flagId ?? "")}"] [data-act="${act}"]` : null;
}

/** @param {Flag} flag @param {ListView} view @param {Actions} actions */
function handledRow(flag, { words, notes }, actions) {
  const note = notes[flag.flag_id] ?? null;
  return el("li", { "data-flag-id": flag.flag_id },
    prioritySign(flag.priority),
    el("button", { type: "button", class: "plain", "data-act": "open", onclick: () => actions.open(flag) }, flag.name[words.language]),
    el("span", {}, agentOf(words, flag)),
    howHandled(words, flag),
    actButtons(words, flag, actions.begin),
    verdictButtons(words, flag, actions.judge),
    note === null ? null : el("p", { class: "note", role: "alert" }, words.t(note)));
}

/** @param {Words} words @param {Flag} flag */
function howHandled(words, flag) {
  if (flag.state === "resolved") return el("span", {}, outcomeOf(words, flag));
  return flag.acknowledged_at === null ? stateOf(words, flag) : el("span", {}, acknowledgedBy(words, flag));
}

/** The flag whose row has the keyboard, handled ones too; else the selected one. @param {FlagList} list @param {Feed} feed @returns {Flag|null} */
export function chosenFlag(list, feed) {
  const row = /** @type {HTMLElement|null|undefined} */ (document.activeElement?.closest("[data-flag-id]"));
  return feed.flags[row?.dataset.flagId ?? ""] ?? list.selected();
}

/** Who took care of it and when. @param {Words} words @param {Flag} flag */
export function acknowledgedBy(words, flag) {
  if (flag.acknowledged_at === null || flag.acknowledged_by === null) return words.t("flag.acknowledged");
  const time = timeOfDay(words.locale, flag.acknowledged_at);
  return words.t("flag.acknowledged_by", { who: nameOf(words, flag.acknowledged_by), time });
}
