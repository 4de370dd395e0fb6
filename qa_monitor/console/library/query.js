// @ts-check
/** The address of the page holds the whole search; from it comes what the service is asked. Pure. */

const SAMPLE = ["sample", "part", "size", "seed"];
const PLAIN = [
  "text", "team", "agent", "language", "direction", "rule", "held", "priority", "min_flags", "verdict", "course",
  "trend", "state", "min_talk_over_s", "min_silence_s", "min_hold_s", "min_score", "max_score", "failed", "tenant",
];
const LISTS = new Set(["team", "agent", "language", "direction", "rule", "verdict", "course", "trend", "state", "tenant"]);
const NUMBERS = new Set(["min_flags", "min_talk_over_s", "min_silence_s", "min_hold_s", "min_score", "max_score"]);
const TICKS = new Set(["held", "failed"]);
const MINUTE_S = 60;
export const NEWEST = "newest";

/**
 * Days are those of this browser's zone; minutes become seconds.
 *
 * @param {URLSearchParams} address
 * @returns {Record<string, string[]>} parameters of the filter, by name
 */
export function filterOf(address) {
  /** @type {Record<string, string[]>} */
  const asked = {};
  for (const name of PLAIN) {
    const values = address.getAll(name).filter((value) => value.trim() !== "");
    if (values.length > 0) asked[name] = LISTS.has(name) ? values : values.slice(0, 1);
  }
  const since = dayStart(address.get("from"), 0);
  const until = dayStart(address.get("to"), 1);
  if (since !== null) asked.since = [since];
  if (until !== null) asked.until = [until];
  for (const edge of ["min", "max"]) {
    const minutes = Number.parseFloat(address.get(`${edge}_minutes`) ?? "");
    if (Number.isFinite(minutes)) asked[`${edge}_duration_s`] = [String(minutes * MINUTE_S)];
  }
  return asked;
}

/** The instant a day begins here, some days on: days of 23 and 25 hours come out right. @param {string|null} day @param {number} later */
function dayStart(day, later) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? "");
  if (parts === null) return null;
  const at = new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]) + later);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** One page of the list. @param {URLSearchParams} address */
export function listPath(address) {
  const query = new URLSearchParams();
  for (const [name, values] of Object.entries(filterOf(address))) for (const value of values) query.append(name, value);
  for (const name of ["sort", "after"]) {
    const value = address.get(name);
    if (value) query.set(name, value);
  }
  return `/v1/library/calls?${query}`;
}

/** What a sample is drawn by; none where the address asks for none. @param {URLSearchParams} address */
export function sampleOf(address) {
  const method = address.get("sample");
  if (!method) return null;
  /** @type {Record<string, unknown>} */
  const filter = {};
  for (const [name, values] of Object.entries(filterOf(address))) {
    if (LISTS.has(name)) filter[name] = values;
    else if (TICKS.has(name)) filter[name] = values[0] === "true";
    else if (NUMBERS.has(name) || name.endsWith("_duration_s")) filter[name] = Number(values[0]);
    else filter[name] = values[0];
  }
  const whole = (/** @type {string} */ name, /** @type {number} */ otherwise) => Number.parseInt(address.get(name) ?? "", 10) || otherwise;
  return { filter, method, part: address.get("part") ?? "agent", size: whole("size", 20), seed: whole("seed", 0) };
}

/**
 * The address of a search as the form has it: what is left empty is left out, and so is where a list had got to.
 *
 * @param {Iterable<[string, string]>} fields
 */
export function addressOf(fields) {
  const address = new URLSearchParams();
  for (const [name, value] of fields) {
    if (value.trim() !== "" && !(name === "sort" && value === NEWEST)) address.append(name, value.trim());
  }
  return address;
}

/** The same search without its sample, and from the first page. @param {URLSearchParams} address */
export function listOnly(address) {
  const list = new URLSearchParams(address);
  for (const name of [...SAMPLE, "after"]) list.delete(name);
  return list;
}

/** Does it ask for some calls only? @param {URLSearchParams} address */
export const isFiltered = (address) => Object.keys(filterOf(address)).length > 0;
