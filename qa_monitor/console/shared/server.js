// @ts-check
/** Requests to our own server. A session that has ended leads to the log-in page, and back. */

/** The server answered, but not with what was asked. `status` is 0 when it did not answer at all. */
export class RequestFailed extends Error {
  /** @param {string} path @param {number} status */
  constructor(path, status) {
    super(status === 0 ? `${path}: no answer` : `${path}: answered ${status}`);
    this.status = status;
  }
}

/**
 * @param {string} path
 * @param {RequestInit} [options]
 * @returns {Promise<any>} the JSON answer; null where there is nothing
 */
export async function ask(path, options = {}) {
  const answer = await fetch(path, { headers: { accept: "application/json" }, ...options }).catch(() => null);
  if (answer?.status === 401) goToLogin();
  if (!answer?.ok) throw new RequestFailed(path, answer?.status ?? 0);
  return answer.status === 204 ? null : answer.json();
}

/** The same for what is answered with nothing. @param {string} path @param {RequestInit} options */
export async function askNothing(path, options) {
  const answer = await fetch(path, options).catch(() => null);
  if (answer?.status === 401) goToLogin();
  if (!answer?.ok) throw new RequestFailed(path, answer?.status ?? 0);
}

/** @param {string} callId */
export const callPath = (callId) => `/v1/calls/${encodeURIComponent(callId)}`;

/** @param {string} callId */
export const reviewPath = (callId) => `/calls/${encodeURIComponent(callId)}`;

function goToLogin() {
  location.assign(`/login?error=expired&next=${encodeURIComponent(location.pathname + location.search)}`);
}
