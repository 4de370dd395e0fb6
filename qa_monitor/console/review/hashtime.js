// @ts-check
/** The second of a call an address leads to: `#t=12.3`; none where it names none. Pure. @param {string} hash */
export function secondOf(hash) {
  const found = /^#t=(\d+(?:\.\d+)?)$/.exec(hash);
  return found === null ? null : Number(found[1]);
}
