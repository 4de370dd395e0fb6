// @ts-check
/** @import { Call, CallAgent } from "../wire/calls.js" */
/** @import { Words } from "../shared/i18n.js" */
import { byId, el, fill } from "../shared/dom.js";
import { clock } from "../shared/format.js";
import { agentOf, teamOf } from "../shared/names.js";

/**
 * Each agent's seconds: until the next one's, the last until the end of the call; open while it goes on. Pure.
 *
 * @param {readonly CallAgent[]} agents in order
 * @param {number|null} end_s none while the call is live
 * @returns {{agent: CallAgent, from_s: number, to_s: number|null}[]}
 */
export const partsOf = (agents, end_s) =>
  agents.map((agent, index) => ({ agent, from_s: agent.from_s, to_s: agents[index + 1]?.from_s ?? end_s }));

/** Everyone a call was with, and when; nothing where it was one agent only. @param {Words} words @param {Call} call */
export function drawAgents(words, call) {
  const end_s = call.state === "live" ? null : call.duration_s;
  const parts = call.agents.length > 1 ? partsOf(call.agents, end_s) : [];
  byId("agents").hidden = parts.length === 0;
  fill(byId("agents"), ...parts.map(({ agent, from_s, to_s }) =>
    el("li", {},
      el("b", {}, agentOf(words, { ...agent, tenant: call.tenant })),
      agent.team === "" ? null : el("span", { class: "team" }, teamOf(words, { ...agent, tenant: call.tenant })),
      el("span", { class: "when" }, to_s === null
        ? words.t("review.agent.now", { from: clock(from_s) })
        : words.t("review.agent", { from: clock(from_s), to: clock(to_s) })))));
}
