// @ts-check
/** @import { FeedEvent } from "../feed/feed.js" */
/** @import { Call } from "../wire/calls.js" */
/** @import { Flag, Verdict } from "../wire/flags.js" */
/** @import { Key, Words } from "../shared/i18n.js" */
import { showCount } from "../feed/badge.js";
import { applyEvent, NOTHING_YET } from "../feed/feed.js";
import { newlyEscalated, newlyOpen } from "../feed/news.js";
import { openCounts } from "../feed/shown.js";
import { clipWait_s, isHandled, isOpen } from "../feed/standing.js";
import { drawHeader } from "../feed/header.js";
import { createRedraw } from "../feed/redraw.js";
import { followFlags } from "../feed/stream.js";
import { createActDialog } from "../flags/actdialog.js";
import { createActs } from "../flags/acts.js";
import { chosenFlag, createFlagList } from "../flags/list.js";
import { canBeJudged } from "../flags/verdict.js";
import { byId, say } from "../shared/dom.js";
import { wordsOf } from "../shared/i18n.js";
import { listenToKeys } from "../shared/keys.js";
import { agentOf } from "../shared/names.js";
import { learnNames, openPage } from "../shared/page.js";
import { createPlayer } from "../shared/player.js";
import { ask, reviewPath } from "../shared/server.js";
import { createCallList } from "./calllist.js";
import { createCallPane } from "./callpane.js";
import { createChime } from "./chime.js";
import { createDrawReport } from "./drawn.js";
import { createPainted } from "./painted.js";
import { createSoundView } from "./soundview.js";

/** The coach page: connects the stream to the state, and the state to the page. */
const TICK_MS = 1000;

let feed = NOTHING_YET;
/** @type {Words} */
let words = wordsOf("en");
let recentFailed = false;
/** @type {Record<string, Key>} */
const notes = {};

const plan = createRedraw(draw);
const chime = createChime();
const drawSound = createSoundView(chime, plan);
const player = createPlayer(plan);
const pane = createCallPane(plan);
const calls = createCallList((call) => watch(call));
const acts = createActs({ changed: (flag) => dispatch({ type: "flag", id: null, flag }), note, plan });
const dialog = createActDialog(acts);
const reportDrawn = createDrawReport((flagId) => feed.flags[flagId]);
const painted = createPainted({
  measured: (screen_s) => dispatch({ type: "drawn", screen_s }),
  consoles: () => feed.heartbeat?.consoles ?? 1,
});
const flags = createFlagList({
  play: (flag) => play(flag),
  settle: (flag) => settle(flag),
  judge: (flag, verdict) => judge(flag, verdict),
  begin: (kind, flag) => dialog.open(kind, flag, words),
  open: (flag) => openCall(flag),
});

function draw() {
  const here_ms = Date.now();
  const now_ms = here_ms + feed.skew_ms;
  drawHeader(feed, words, here_ms);
  flags.draw({ feed, words, now_ms, clip: player.state(), notes });
  reportDrawn(flags.shown());
  calls.draw({ feed, words, now_ms, chosen: pane.chosen(), recentFailed });
  drawPane(now_ms);
  acts.draw(words);
  drawSound(words);
  const { ongoing } = openCounts(feed);
  showCount(ongoing, words.t("product"));
}

/** @param {number} now_ms */
function drawPane(now_ms) {
  const call = feed.calls[pane.chosen() ?? ""];
  document.body.classList.toggle("watching", call !== undefined);
  byId("pane").hidden = call === undefined;
  if (!call) return;
  const ofCall = Object.values(feed.flags).filter((flag) => flag.call_id === call.call_id);
  pane.draw({ words, call, flags: ofCall, now_ms });
}

/** @param {FeedEvent} event */
function dispatch(event) {
  const before = feed;
  feed = applyEvent(feed, event);
  if (feed === before) return;
  if (event.type === "flag" || (event.type === "snapshot" && before.heard_ms !== null)) {
    announce(newlyOpen(before, feed), "flag.say");
    announce(newlyEscalated(before, feed), "flag.say_escalated");
  }
  if (event.type === "flag") painted.drawing(newlyOpen(before, feed));
  if (event.type === "flag" && event.flag.state === "withdrawn") {
    say(byId("announcer"), words.t("flag.say_withdrawn", spoken(event.flag)));
  }
  plan();
}

/** Say flags to screen readers, and sound for those that are to be heard. @param {Flag[]} fresh @param {Key} key */
function announce(fresh, key) {
  if (fresh.length === 0) return;
  say(byId("announcer"), fresh.map((flag) => words.t(key, spoken(flag))).join(" "));
  chime.ring(fresh.map((flag) => flag.priority));
}

/** @param {Flag} flag */
const spoken = (flag) => ({
  priority: words.name("priority", flag.priority),
  name: flag.name[words.language],
  agent: agentOf(words, flag),
});

/** @param {Flag} flag */
function play(flag) {
  const { url } = flag.evidence.clip;
  const now_ms = Date.now() + feed.skew_ms;
  if (url === null || clipWait_s(flag, feed.calls[flag.call_id], now_ms) > 0) return;
  delete notes[flag.flag_id];
  player.toggle(flag.flag_id, url);
}

/** Acknowledge a flag, or note a withdrawn one; again changes nothing. @param {Flag} flag */
function settle(flag) {
  if (isOpen(flag)) void acts.acknowledge(flag);
  else if (!isHandled(flag)) dispatch({ type: "dismiss", flagId: flag.flag_id });
}

/** @param {Flag} flag @param {Verdict} verdict */
function judge(flag, verdict) {
  if (canBeJudged(flag) && flag.verdict !== verdict) void acts.judge(flag, verdict);
}

/** What went wrong with the last click on a flag, or nothing. @param {string} flagId @param {Key|null} key */
function note(flagId, key) {
  if (key === null) delete notes[flagId];
  else notes[flagId] = key;
}

/** @param {Flag} flag */
function openCall(flag) {
  const call = feed.calls[flag.call_id];
  if (call?.state === "live") watch(call);
  else location.assign(reviewPath(flag.call_id));
}

/** @param {Call} call */
function watch(call) {
  if (pane.chosen() !== call.call_id) pane.open(call.call_id);
  byId("pane").scrollIntoView({ block: "nearest" });
}

async function loadRecent() {
  try {
    const answer = await ask("/v1/calls?state=ended&limit=50");
    dispatch({ type: "recent", calls: answer.calls });
  } catch {
    recentFailed = true;
    plan();
  }
}

/** Flags handled before this page was opened: their verdicts can still be given and corrected. */
async function loadHandled() {
  try {
    dispatch({ type: "past", flags: (await ask("/v1/flags?open=false&limit=50")).flags });
  } catch {
    byId("handled-failed").hidden = false;
  }
}

/** @param {(flag: Flag) => void} act */
const onSelected = (act) => () => {
  const flag = chosenFlag(flags, feed);
  if (flag !== null) act(flag);
};

openPage((chosen) => {
  words = chosen;
  plan();
});
listenToKeys({
  j: () => flags.move(1),
  k: () => flags.move(-1),
  a: onSelected(settle),
  p: onSelected(play),
  u: onSelected((flag) => judge(flag, "useful")),
  f: onSelected((flag) => judge(flag, "false_alarm")),
  d: onSelected((flag) => judge(flag, "already_known")),
  s: onSelected((flag) => dialog.open("snooze", flag, words)),
  h: onSelected((flag) => dialog.open("hand_over", flag, words)),
  r: onSelected((flag) => dialog.open("resolve", flag, words)),
  z: () => void acts.undo(),
  l: () => pane.listen(),
  Enter: onSelected(openCall),
});
byId("pane-close").addEventListener("click", () => pane.close());
// from the wall
const asked = new URLSearchParams(location.search).get("call");
if (asked !== null) pane.open(asked);
followFlags(dispatch, () => feed.lastId);
setInterval(plan, TICK_MS);
void learnNames().catch(() => null); // ids say it, too
void loadRecent();
void loadHandled();
