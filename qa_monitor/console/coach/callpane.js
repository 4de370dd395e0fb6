// @ts-check
/** @import { Call, Utterance } from "../wire/calls.js" */
/** @import { Flag } from "../wire/flags.js" */
/** @import { Words } from "../shared/i18n.js" */
/** @import { Transcript } from "../call/transcript.js" */
import { createObjection } from "../call/consent.js";
import { courseLines, marksOf } from "../call/course.js";
import { drawCurve } from "../call/curve.js";
import { drawDynamics } from "../call/dynamicsview.js";
import { summaryOf } from "../call/emotion.js";
import { createHealth } from "../call/health.js";
import { applyCallEvent, hitWords, inOrder, languageOf, NO_WORDS } from "../call/transcript.js";
import { drawUtterance } from "../call/utteranceview.js";
import { follow } from "../shared/connection.js";
import { arrangeChildren, byId, fill, say } from "../shared/dom.js";
import { agentOf, teamOf } from "../shared/names.js";
import { callPath, reviewPath } from "../shared/server.js";
import { goodLines } from "./goodnews.js";
import { createListenLine } from "./listenview.js";

const EVENTS = ["utterance", "dynamics", "health", "course", "notes", "ended"];
const AT_END_PX = 40;

/**
 * @typedef {{words: Words, call: Call, flags: readonly Flag[], now_ms: number}} PaneView `flags`: those of this call
 * @typedef {object} CallPane
 * @property {(callId: string) => void} open
 * @property {() => void} close
 * @property {() => string|null} chosen the call that is shown
 * @property {() => void} listen begin to listen to the call that is shown, or end it
 * @property {(view: PaneView) => void} draw
 */

/**
 * The live transcript of one chosen call. While the page is hidden nothing is followed: browsers allow few streams.
 *
 * @param {() => void} onChange called when there is something new to draw
 * @returns {CallPane}
 */
export function createCallPane(onChange) {
  const list = byId("pane-list");
  const scroller = byId("pane-scroll");
  /** @type {Transcript} */
  let transcript = NO_WORDS;
  /** @type {string|null} */
  let chosen = null;
  /** @type {{close: () => void}|null} */
  let stream = null;
  /** @type {"open"|"lost"} */
  let link = "open";
  let following = true;
  const lines = createLines();
  const health = createHealth(byId("pane-health"));
  const objection = createObjection(onChange);
  const listenLine = createListenLine(onChange);

  const onEvent = (/** @type {string} */ name, /** @type {any} */ data) => {
    if (name === "utterance") transcript = applyCallEvent(transcript, { type: "utterance", utterance: data });
    else if (name === "dynamics") transcript = applyCallEvent(transcript, { type: "dynamics", dynamics: data });
    else if (name === "health") transcript = applyCallEvent(transcript, { type: "health", health: data });
    else if (name === "course") transcript = applyCallEvent(transcript, { type: "course", course: data });
    else if (name === "notes") transcript = applyCallEvent(transcript, { type: "notes", notes: data.notes });
    else transcript = applyCallEvent(transcript, { type: "ended", call: data });
    if (name === "ended") stream?.close(); // nothing more will come: not a broken connection
    onChange();
  };
  const onLink = (/** @type {"open"|"lost"} */ state) => {
    transcript = applyCallEvent(transcript, { type: state === "open" ? "reopened" : "lost" });
    link = state;
    onChange();
  };
  const connect = () => {
    stream?.close();
    stream = chosen === null || document.hidden || transcript.ended !== null
      ? null
      : follow(`${callPath(chosen)}/stream`, { names: EVENTS, onEvent, onLink });
  };
  const show = (/** @type {string|null} */ callId) => {
    chosen = callId;
    listenLine.stop();
    transcript = NO_WORDS;
    link = "open";
    following = true;
    lines.clear();
    connect();
    onChange();
  };
  document.addEventListener("visibilitychange", connect);
  scroller.addEventListener("scroll", () => {
    following = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < AT_END_PX;
    byId("pane-latest").hidden = following;
  });
  byId("pane-latest").addEventListener("click", () => scroller.scrollTo({ top: scroller.scrollHeight }));

  const draw = (/** @type {PaneView} */ view) => {
    const utterances = inOrder(transcript);
    drawHead(view, utterances, transcript);
    objection(view.words, view.call);
    listenLine.draw(view.words, view.call);
    health({ words: view.words, call: view.call, health: transcript.health });
    say(byId("pane-status"), statusOf(view.words, transcript, link, utterances.length));
    const language = languageOf(view.call, utterances);
    arrangeChildren(list, utterances.map((utterance) => lines.draw(view, utterance, language)));
    if (following) scroller.scrollTop = scroller.scrollHeight;
  };
  return { open: show, close: () => show(null), chosen: () => chosen, listen: listenLine.toggle, draw };
}

/** Lines already drawn, built again only when their words, their lit words or the language change. */
function createLines() {
  /** @type {Map<string, {utterance: Utterance, words: Words, hits: string, element: HTMLElement}>} */
  const lines = new Map();
  return {
    clear: () => lines.clear(),
    draw: (/** @type {PaneView} */ { words, flags }, /** @type {Utterance} */ utterance, /** @type {string|null} */ language) => {
      const lit = hitWords(flags, utterance.utterance_id);
      const hits = lit.map((word) => `${word.start_s}-${word.end_s}`).join();
      const known = lines.get(utterance.utterance_id);
      if (known?.utterance === utterance && known.words === words && known.hits === hits) return known.element;
      const element = drawUtterance(words, utterance, { hits: lit, seekable: false, language });
      lines.set(utterance.utterance_id, { utterance, words, hits, element });
      return element;
    },
  };
}

/** @param {PaneView} view @param {Utterance[]} utterances @param {Transcript} transcript */
function drawHead({ words, call, now_ms }, utterances, transcript) {
  say(byId("pane-agent"), [agentOf(words, call), teamOf(words, call)].filter((part) => part !== "").join(" · "));
  byId("pane-full").setAttribute("href", reviewPath(call.call_id));
  const to_s = call.state === "live" ? (now_ms - Date.parse(call.started_at)) / 1000 : (call.duration_s ?? 0);
  const summary = summaryOf(words, call, utterances);
  const scored = utterances.some((utterance) => utterance.emotion?.enough);
  fill(byId("pane-curve"), scored ? drawCurve(utterances, {
    width: 600, height: 44, from_s: 0, to_s, arousal: false, label: summary, marks: marksOf(words, transcript.course),
  }) : null);
  fill(byId("pane-course"), ...courseLines(words, transcript.course), ...goodLines(words, transcript.notes));
  say(byId("pane-summary"), summary);
  fill(byId("pane-dynamics"), transcript.dynamics ? drawDynamics(words, transcript.dynamics, transcript.ended === null) : null);
}

/** @param {Words} words @param {Transcript} transcript @param {"open"|"lost"} link @param {number} count */
function statusOf(words, transcript, link, count) {
  if (transcript.ended !== null) return words.t("pane.ended");
  if (link === "lost") return words.t("pane.lost");
  return count === 0 ? words.t("pane.waiting") : "";
}
