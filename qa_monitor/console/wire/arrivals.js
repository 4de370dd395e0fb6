// @ts-check
/**
 * Connections of telephony as the server sends them.
 *
 * @typedef {{speaker: string, level_db: number, lost_share: number}} ArrivalChannel
 *
 * @typedef {object} Arrival
 * @property {number} number
 * @property {string} dialect
 * @property {string} peer
 * @property {string} opened_at
 * @property {"waiting"|"live"|"ended"|"refused"} state
 * @property {string|null} call_id
 * @property {string} tenant
 * @property {string} agent_id
 * @property {string|null} ended_at
 * @property {number|null} code
 * @property {string} reason
 * @property {Record<string, number>} rejected
 * @property {ArrivalChannel[]} channels
 * @property {string[]} facts
 *
 * @typedef {{now: string, address: string|null, arrivals: Arrival[]}} Arrivals
 */

export {};
