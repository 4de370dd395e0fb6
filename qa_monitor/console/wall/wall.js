// @ts-check
/** @import { Words } from "../shared/i18n.js" */
/** @import { Agent, Standing, Tile } from "./state.js" */
import { showCount } from "../feed/badge.js";
import { applyEvent, NOTHING_YET } from "../feed/feed.js";
import { drawHeader } from "../feed/header.js";
import { createRedraw } from "../feed/redraw.js";
import { followFlags } from "../feed/stream.js";
import { arrangeChildren, byId, el, fill, say, svg } from "../shared/dom.js";
import { clock } from "../shared/format.js";
import { wordsOf } from "../shared/i18n.js";
import { agentOf, teamOf } from "../shared/names.js";
import { learnNames, openPage } from "../shared/page.js";
import { ask } from "../shared/server.js";
import { prioritySign } from "../shared/signs.js";
import { columnsFor, countOf, STANDINGS, wallOf } from "./state.js";

/** All agents at a glance, for a screen on the wall as for a laptop: state by word, shape and colour. */
const TICK_MS = 1000;
const AGENTS_MS = 60_000;
/** Letters of a name that fit into one line of a tile; longer ones go into two, in smaller letters. */
const LONG_NAME = 14;

/** Told apart without colour: filled, struck, rising, two bars, tick, dash. @type {Record<Exclude<Standing, "flagged">, string>} */
const SHAPES = {
  blind: "M1.5 8 Q8 1.5 14.5 8 Q8 14.5 1.5 8 Z M2.5 14.5 L13.5 1.5",
  rising: "M8 14 V3 M3 8 L8 2.5 L13 8",
  paused: "M5 3 V13 M11 3 V13",
  calm: "M2.8 8.6 L6.4 12.2 L13.2 4.4",
  free: "M3 8 H13",
};

let feed = NOTHING_YET;
/** @type {Words} */
let words = wordsOf("en");
/** @type {Agent[]} */
let agents = [];
/** @type {Map<string, HTMLAnchorElement>} */
const drawn = new Map();
const plan = createRedraw(draw);

function draw() {
  const now_ms = Date.now() + feed.skew_ms;
  drawHeader(feed, words, Date.now());
  const tiles = wallOf(feed, agents);
  arrangeChildren(byId("wall"), tiles.map((tile) => drawTile(tile, now_ms)));
  byId("wall").style.setProperty("--columns", String(columnsFor(tiles.length, window.innerWidth / window.innerHeight)));
  byId("wall-none").hidden = tiles.length > 0;
  fill(byId("wall-counts"), ...STANDINGS.filter((standing) => countOf(tiles, standing) > 0).map((standing) =>
    el("li", { class: `is-${standing}` }, shapeOf(standing, null), `${words.name("wall.state", standing)} ${countOf(tiles, standing)}`)));
  showCount(countOf(tiles, "flagged"), `${words.t("wall.title")} – ${words.t("product")}`);
}

/** @param {Tile} tile @param {number} now_ms @returns {HTMLElement} */
function drawTile(tile, now_ms) {
  const item = drawn.get(tile.key) ?? el("a", { class: "tile" });
  drawn.set(tile.key, item);
  item.className = `tile is-${tile.standing} ${tile.priority ?? ""}`;
  if (tile.call === null) item.removeAttribute("href");
  else item.setAttribute("href", `/?call=${encodeURIComponent(tile.call.call_id)}`);
  const name = agentOf(words, tile.agent);
  const team = teamOf(words, tile.agent);
  const state = words.name("wall.state", tile.standing);
  const what = whatOf(tile);
  const length = tile.call === null ? "" : clock((now_ms - Date.parse(tile.call.started_at)) / 1000);
  const text = [words.language, name, state, what, team, tile.standing, tile.priority].join("\n");
  if (item.dataset.drawn !== text) {
    item.dataset.drawn = text;
    fill(item,
      el("b", { class: name.length > LONG_NAME ? "who long" : "who" }, name),
      el("span", { class: "state-line" }, shapeOf(tile.standing, tile.priority), el("span", {}, state),
        tile.priority && el("span", { class: "unseen" }, words.name("priority", tile.priority))),
      el("span", { class: "what" }, what),
      el("span", { class: "foot" }, el("span", {}, team), el("span", { class: "length" })));
  }
  say(/** @type {Element} */ (item.querySelector(".length")), length);
  return item;
}

/** Why it stands so, in words. @param {Tile} tile */
function whatOf({ standing, flag, call, calls }) {
  const more = calls > 1 ? ` ${words.plural("wall.calls", calls)}` : "";
  if (standing === "flagged" && flag !== null) return `${flag.name[words.language]}${more}`;
  if (standing === "blind") return `${words.name("blind", call?.blind ?? "")}${more}`;
  if (standing === "rising") return `${words.t("course.badge", { state: words.name("course", call?.course?.state ?? "") })}${more}`;
  return more.trim();
}

/** @param {Standing} standing @param {import("../wire/flags.js").Priority|null} priority */
const shapeOf = (standing, priority) =>
  standing === "flagged"
    ? prioritySign(priority ?? "high")
    : svg("svg", { class: "shape", viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d: SHAPES[standing] }));

/** @param {import("../feed/feed.js").FeedEvent} event */
function dispatch(event) {
  feed = applyEvent(feed, event);
  plan();
}

/** Who there is; where it cannot be told now, the wall goes on with those it knows. */
async function loadAgents() {
  try {
    agents = (await learnNames()).agents;
    plan();
  } catch {
    // the header says that the service is not heard; it is asked again
  }
}

openPage((chosen) => {
  words = chosen;
  plan();
});
byId("wall-full").addEventListener("click", () => void document.documentElement.requestFullscreen());
addEventListener("resize", plan);
followFlags(dispatch, () => feed.lastId);
setInterval(plan, TICK_MS);
setInterval(() => void loadAgents(), AGENTS_MS);
void loadAgents();
