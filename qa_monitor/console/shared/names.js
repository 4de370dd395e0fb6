// @ts-check
/** @import { TeamAgents } from "../wire/people.js" */
/** @import { Words } from "./i18n.js" */
/**
 * Agents and teams as people call them, where somebody set them up; else by the ids that calls name them by. Pure.
 *
 * @typedef {{agents: ReadonlyMap<string, string>, teams: ReadonlyMap<string, string>}} Names by tenant and id
 */

/** Everybody by their id. @type {Names} */
export const NO_NAMES = { agents: new Map(), teams: new Map() };

/** @param {TeamAgents} found @returns {Names} */
export const namesOf = ({ agents, teams }) => ({
  agents: named(agents.map(({ tenant, agent_id, name }) => ({ tenant, id: agent_id, name }))),
  teams: named(teams.map(({ tenant, team, name }) => ({ tenant, id: team, name }))),
});

/** Where several bear one name, their ids tell them apart. @param {readonly {tenant: string, id: string, name: string}[]} entries */
function named(entries) {
  /** @type {Map<string, number>} */
  const bearers = new Map();
  for (const { name } of entries) bearers.set(name, (bearers.get(name) ?? 0) + 1);
  return new Map(entries.filter(({ name }) => name !== "").map(({ tenant, id, name }) =>
    [keyOf(tenant, id), bearers.get(name) === 1 ? name : `${name} (${id})`]));
}

/** @param {string|null|undefined} tenant @param {string} id */
const keyOf = (tenant, id) => `${tenant ?? ""}/${id}`;

/**
 * Who is meant, in words even when the call named nobody. An id that says "agent" itself is left as it is.
 *
 * @param {Words} words
 * @param {{agent_id: string, tenant?: string|null}} record
 */
export function agentOf(words, { agent_id, tenant }) {
  if (agent_id === "") return words.t("agent.unknown");
  const name = words.names.agents.get(keyOf(tenant, agent_id));
  if (name !== undefined) return name;
  return /^agents?\b/i.test(agent_id) ? agent_id : words.t("flag.agent", { agent: agent_id });
}

/** Which team is meant; empty where it is none. @param {Words} words @param {{team: string, tenant?: string|null}} record */
export const teamOf = (words, { team, tenant }) => words.names.teams.get(keyOf(tenant, team)) ?? team;

/**
 * What an id is called where its tenant is not told: only where all who bear it are called the same.
 *
 * @param {ReadonlyMap<string, string>} names
 * @param {string} id
 */
export function nameAnywhere(names, id) {
  const found = new Set([...names].filter(([key]) => key.slice(key.indexOf("/") + 1) === id).map(([, name]) => name));
  return found.size === 1 ? [...found][0] : "";
}
