// @ts-check
/** @import { Words } from "../shared/i18n.js" */
import { byId, el, fill, say } from "../shared/dom.js";

/** Where telephony connects to, each address ready to be copied. */
/** @type {[string, string][]} protocol and where it connects to, in the order of the documentation */
const PLACES = [
  ["Genesys AudioHook", "audiohook"],
  ["Twilio", "twilio"],
  ["Telnyx", "telnyx"],
  ["Talkdesk", "talkdesk"],
  ["Exotel", "exotel"],
  ["jambonz", "pcm/jambonz"],
  ["FreeSWITCH audio_fork", "pcm/audio-fork"],
  ["FreeSWITCH audio_stream", "pcm/audio-stream"],
  ["Vonage", "pcm/vonage"],
  ["AWS LCA", "pcm/lca"],
  ["Asterisk websocket", "pcm/asterisk"],
  ["PCM", "pcm"],
];
const SOCKET = ["Asterisk AudioSocket", "audiosocket"];
const NAMES = new Map([...PLACES, SOCKET].map(([name, path]) => [path.replace(/^pcm\//, ""), name]));

/** What a protocol is called by people; its own name where we know no other. @param {string} dialect */
export const protocolName = (dialect) => NAMES.get(dialect) ?? dialect;

/**
 * The list of addresses. `draw` is told the public one, up to the protocol's own name, where it is known.
 *
 * @returns {{draw: (words: Words, known: string|null) => void}}
 */
export function createPlaces() {
  const seen = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/v1/streams/`;
  /** @type {{address: string, taken: boolean}|null} the address copied last; only selected where the browser refuses */
  let latest = null;
  /** @type {Words} */
  let words;
  /** @type {string|null} */
  let known = null;

  const rows = PLACES.map(([name, path]) => {
    const code = el("code");
    const button = el("button", { type: "button", onclick: () => copy(code) });
    return { name, path, code, button, element: el("li", {}, el("span", { class: "name" }, name), code, button) };
  });
  const socket = el("span", { class: "remark" });
  fill(byId("places"), ...rows.map((row) => row.element), el("li", {}, el("span", { class: "name" }, SOCKET[0]), socket));

  const draw = (/** @type {Words} */ chosen, /** @type {string|null} */ given) => {
    [words, known] = [chosen, given];
    say(byId("places-hint"), words.t(known === null ? "arrivals.places.hint" : "arrivals.places.public"));
    say(socket, words.t("arrivals.audiosocket"));
    for (const { name, path, code, button } of rows) {
      say(code, (known ?? seen) + path);
      const done = latest?.taken === true && latest.address === code.textContent;
      say(button, words.t(done ? "arrivals.copied" : "arrivals.copy"));
      button.setAttribute("aria-label", `${button.textContent}: ${name}`);
    }
    const said = latest?.taken ? "arrivals.copied.said" : "arrivals.selected.said";
    say(byId("copied"), latest === null ? "" : words.t(said, { address: latest.address }));
  };
  const copy = async (/** @type {HTMLElement} */ code) => {
    const address = code.textContent ?? "";
    const taken = await toClipboard(address);
    if (!taken) getSelection()?.selectAllChildren(code);
    latest = { address, taken };
    draw(words, known);
  };
  return { draw };
}

/** Browsers lend the clipboard only to pages that came over TLS or from the same machine. @param {string} text */
async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // refused, or not there at all: the page selects the text instead and says so
  }
}
