// @ts-check
/** @import { Format, Plan } from "./listenplan.js" */
import { callPath } from "../shared/server.js";
import { delayOf, earsOf, isSounding, NOTHING_PLANNED, planBlock, planNothing, readBlock } from "./listenplan.js";

/**
 * Listens to one live call: samples over a websocket, sound by WebAudio. Nothing of it is kept.
 *
 * @typedef {"off"|"connecting"|"waiting"|"on"|"held"|"paused"|"ended"|"cut"|"refused"|"lost"} ListenState
 *
 * @typedef {object} Listening
 * @property {(callId: string) => void} start to be called from a click or a key: browsers allow no sound otherwise
 * @property {() => void} stop
 * @property {() => ListenState} state
 * @property {() => boolean} isOn whether a connection is open
 * @property {() => number|null} delay_s how far what sounds is behind the call
 */

/** Close codes of the service, and what they mean here. @type {Record<number, ListenState>} */
const PARTED = { 1000: "ended", 4003: "refused", 4008: "cut" };

/**
 * @param {() => void} onChange
 * @returns {Listening}
 */
export function createListening(onChange) {
  /** @type {WebSocket|null} */
  let socket = null;
  /** @type {AudioContext|null} */
  let context = null;
  /** @type {Format|null} */
  let format = null;
  /** @type {Plan} */
  let plan = NOTHING_PLANNED;
  /** @type {ListenState} */
  let state = "off";

  const enter = (/** @type {ListenState} */ next) => {
    if (state === next) return;
    state = next;
    onChange();
  };
  const silence = () => {
    socket?.close();
    socket = null;
    void context?.close();
    context = null;
    format = null;
    plan = NOTHING_PLANNED;
  };
  const hear = (/** @type {ArrayBuffer} */ message) => {
    if (context === null || format === null) return;
    const block = readBlock(message);
    const planned = planBlock(plan, block, format, context.currentTime);
    plan = planned.plan;
    for (const span of planned.sounding) sound(context, block.samples, format, span);
    enter("on");
  };
  const read = (/** @type {any} */ told) => {
    if (context === null) return;
    if (told.event === "begun") {
      format = told;
      enter("waiting");
    } else {
      const still = !isSounding(plan, context.currentTime);
      if (told.paused !== null) enter("paused");
      else if (still && plan.pieces.length > 0) enter("held");
    }
    plan = planNothing(plan, told.now_s, context.currentTime);
  };
  const start = (/** @type {string} */ callId) => {
    silence();
    context = new AudioContext();
    const address = new URL(`${callPath(callId)}/listen`, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    const mine = new WebSocket(address);
    mine.binaryType = "arraybuffer";
    mine.onmessage = (event) => (socket !== mine ? null : typeof event.data === "string" ? read(JSON.parse(event.data)) : hear(event.data));
    mine.onclose = (event) => {
      if (socket !== mine) return;
      const refused = state === "connecting";
      const left_s = context === null ? 0 : plan.free_at - context.currentTime;
      const parted = refused ? "refused" : (PARTED[event.code] ?? "lost");
      socket = null;
      // the last words are still to sound
      setTimeout(() => socket === null && (silence(), enter(parted)), parted === "ended" ? Math.max(0, left_s) * 1000 : 0);
    };
    socket = mine;
    state = "connecting";
    onChange();
  };
  return {
    start,
    stop: () => {
      silence();
      enter("off");
    },
    state: () => state,
    isOn: () => ["connecting", "waiting", "on", "held", "paused"].includes(state),
    delay_s: () => (context === null ? null : delayOf(plan, context.currentTime)),
  };
}

/** @param {AudioContext} context @param {Int16Array} samples @param {Format} format @param {{from: number, to: number, at: number}} span */
function sound(context, samples, format, { from, to, at }) {
  const buffer = context.createBuffer(2, to - from, format.rate_hz);
  const count = format.channels.length;
  earsOf(format.channels).forEach((channel, ear) => {
    const data = buffer.getChannelData(ear);
    for (let frame = from; frame < to; frame += 1) data[frame - from] = samples[frame * count + channel] / 32768;
  });
  const source = new AudioBufferSourceNode(context, { buffer });
  source.connect(context.destination);
  source.start(at);
}
