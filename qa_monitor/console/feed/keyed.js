// @ts-check
/** Records by a key of theirs. */

/** @template T @param {T[]} records @param {keyof T} key @returns {Record<string, T>} */
export const keyed = (records, key) => Object.fromEntries(records.map((record) => [String(record[key]), record]));

/** @template T @param {Record<string, T>} records @param {string} key @returns {Record<string, T>} */
export const without = (records, key) => Object.fromEntries(Object.entries(records).filter(([name]) => name !== key));
