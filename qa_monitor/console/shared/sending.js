// @ts-check
/** Requests that change something, whose refusals are shown in words. */

/**
 * @param {string} path
 * @param {string} method
 * @param {unknown} [body] sent as JSON
 * @param {string} [text] sent as it is, a CSV file
 * @returns {Promise<{status: number, json: any}>} status 0: no answer
 */
export async function send(path, method, body, text) {
  const type = text === undefined ? "application/json" : "text/csv";
  const options = text === undefined ? (body === undefined ? undefined : JSON.stringify(body)) : text;
  const answer = await fetch(path, { method, headers: { accept: "application/json", "content-type": type }, body: options }).catch(() => null);
  if (answer === null) return { status: 0, json: null };
  if (answer.status === 401) location.assign(`/login?error=expired&next=${encodeURIComponent(location.pathname)}`);
  return { status: answer.status, json: await answer.json().catch(() => null) };
}

/** Why it was refused, in the service's own words; none where it gave no reason. @param {any} json @returns {string|null} */
export function reasonOf(json) {
  if (typeof json?.detail === "string") return json.detail;
  return Array.isArray(json?.detail) ? json.detail.map((/** @type {any} */ one) => `${one.loc?.at(-1)}: ${one.msg}`).join("; ") : null;
}
