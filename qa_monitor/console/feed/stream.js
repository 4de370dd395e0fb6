// @ts-check
/** @import { FeedEvent } from "./feed.js" */
import { follow } from "../shared/connection.js";
import { ask } from "../shared/server.js";

const NAMES = ["snapshot", "flag", "call", "heartbeat", "resync"];
const SILENCE_MS = 10_000;
/** With as many live calls, not all of them may be among those asked for. */
const MOST_LIVE = 1000;

/** What came over the stream, as an event of the feed. @param {string} name @param {any} data @param {string|null} id @returns {FeedEvent} */
function eventOf(name, data, id) {
  if (name === "snapshot") return { type: "snapshot", id, calls: data.calls, flags: data.flags };
  // an unsaved flag has no id of its own: the browser repeats the one before
  if (name === "flag") return { type: "flag", id: data.saved ? id : null, flag: data };
  if (name === "call") return { type: "call", call: data };
  if (name === "heartbeat") return { type: "heartbeat", heartbeat: data, at_ms: Date.now() };
  return { type: "resync" };
}

/**
 * Follow the stream of red flags for as long as the page is open.
 *
 * @param {(event: FeedEvent) => void} dispatch
 * @param {() => string|null} resumeFrom the id of the last event applied
 */
export function followFlags(dispatch, resumeFrom) {
  let changes = 0;
  let lost = false;
  const onLink = (/** @type {"open"|"lost"} */ link) => {
    changes += 1;
    dispatch({ type: link === "open" ? "opened" : "lost" });
    if (link === "open" && lost) void tellLive(changes);
    lost = link === "lost";
  };
  // calls that ended while nothing was heard: those far back are not told again
  const tellLive = async (/** @type {number} */ asked) => {
    const answer = await ask(`/v1/calls?state=live&limit=${MOST_LIVE}`).catch(() => null);
    if (answer === null || asked !== changes || answer.calls.length >= MOST_LIVE) return;
    dispatch({ type: "live", ids: answer.calls.map((/** @type {{call_id: string}} */ call) => call.call_id) });
  };
  follow("/v1/flags/stream", {
    names: NAMES,
    onEvent: (name, data, id) => dispatch(eventOf(name, data, id)),
    onLink,
    resumeFrom,
    silence_ms: SILENCE_MS,
  });
}
