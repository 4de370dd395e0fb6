// @ts-check
/** @import { TeamAgents } from "../wire/people.js" */
/** @import { Words } from "./i18n.js" */
/**
 * Agents, teams and colleagues as people call them, where somebody set them up; else by their ids. Pure.
 *
 * @typedef {object} Names
 * @property {ReadonlyMap<string, string>} agents by tenant and id
 * @property {ReadonlyMap<string, string>} teams by tenant and id
 * @property {ReadonlyMap<string, string>} accounts by account
 * @property {readonly string[]} coaches the accounts a flag can be handed to
 */

/** Everybody by their id. @type {Names} */
export const NO_NAMES = { agents: new Map(), teams: new Map(), accounts: new Map(), coaches: [] };

/** @param {TeamAgents} found @returns {Names} */
export const namesOf = ({ agents, teams, accounts }) => ({
  agents: named(agents.map(({ tenant, agent_id, name }) => ({ tenant, id: agent_id, name }))),
  teams: named(teams.map(({ tenant, team, name }) => ({ tenant, id: team, name }))),
  accounts: new Map([...named(accounts.map(({ account, name }) => ({ tenant: "", id: account, name })))].map(([key, name]) => [key.slice(1), name])),
  coaches: accounts.filter(({ coach }) => coach).map(({ account }) => account),
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

/** Who does something without an account: by the access token, or at an open machine. */
const OPERATOR = "console";

/**
 * Who signed something: by account, or by name and account as rules are signed. Whoever is not known stays as written.
 *
 * @param {Words} words
 * @param {string} by
 */
export function personOf(words, by) {
  if (by === OPERATOR) return words.t("me.operator");
  const { accounts } = words.names;
  const [, name, account] = /^(.+) \(([^()]+)\)$/s.exec(by) ?? [null, by, by];
  const known = accounts.get(account);
  // somebody may have typed brackets: only what an account signs is taken for one
  if (known === undefined || (account !== by && known !== name && known !== by)) return by;
  return known;
}

/** Whom something can be handed to, by name. @param {Words} words @returns {{account: string, name: string}[]} */
export const coachesOf = (words) =>
  words.names.coaches
    .map((account) => ({ account, name: personOf(words, account) }))
    .sort((a, b) => a.name.localeCompare(b.name, words.locale));
