// @ts-check
/**
 * What the service says of people.
 *
 * @typedef {"team"|"account"|"agent"|"cover"} Kind
 * @typedef {Record<string, string>} Cells
 * @typedef {object} Person
 * @property {Kind} kind
 * @property {string} id
 * @property {Cells} cells
 * @property {boolean|null} working
 * @property {boolean|null} online
 * @property {boolean|null} password
 * @property {string|null} rules
 *
 * @typedef {{field: string, before: string, after: string}} FieldChange
 * @typedef {{kind: Kind, whom: string, did: string, fields: FieldChange[]}} Change
 * @typedef {Change & {by: string, at: string}} Logged
 * @typedef {object} Listening
 * @property {string|null} call_id
 * @property {string} tenant
 * @property {string} team
 * @property {string} agent_id
 * @property {string} by
 * @property {string} began_at
 * @property {string|null} ending null while they listen
 * @property {string|null} ended_at
 * @property {number} heard_s
 * @typedef {{tenant: string, agent_id: string, name: string, team: string}} TeamAgent
 * @typedef {{account: string, name: string, coach: boolean}} NamedAccount
 * @typedef {{agents: TeamAgent[], teams: {tenant: string, team: string, name: string}[], accounts: NamedAccount[]}} TeamAgents
 * @typedef {{done: boolean, changes: Change[], problems: {line: number, problem: string}[]}} Imported
 *
 * @typedef {object} Me
 * @property {string} name
 * @property {string|null} account
 * @property {string[]} roles
 * @property {string[]} teams
 * @property {boolean} every_team
 * @property {boolean} must_change
 * @property {string[]} pages
 *
 * @typedef {object} MyFlag
 * @property {string} flag_id
 * @property {{en: string, fr: string}} name
 * @property {"high"|"medium"|"low"} priority
 * @property {number} start_s
 * @property {string} said
 * @property {string|null} speaker
 * @property {{en: string, fr: string}} explanation
 * @property {string|null} clip
 * @property {{words: string, at: string, ruling: "stands"|"false_alarm"|null, decided_words: string|null}|null} dispute
 *
 * @typedef {{call_id: string, started_at: string, duration_s: number|null, language: string|null, flags: MyFlag[]|null}} MyCall
 */
export {};
