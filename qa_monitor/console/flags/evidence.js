// @ts-check
/** @import { Flag } from "../wire/flags.js" */
/** @import { Words } from "../shared/i18n.js" */
import { lightUp } from "../call/align.js";
import { el } from "../shared/dom.js";
import { measure, seconds } from "../shared/format.js";
import { plainPhrase } from "./phrase.js";

/**
 * What was said, with the words that count lit; nothing where the flag is about no words.
 *
 * @param {Words} words
 * @param {Flag} flag
 */
export function quoteOf(words, flag) {
  const { speaker, text, words: hits } = flag.evidence;
  if (text === "") return null;
  const pieces = lightUp(text, hits).map((piece) => (piece.lit ? el("mark", {}, piece.text) : piece.text));
  const who = speaker === null ? null : el("span", { class: "who" }, words.name("speaker", speaker));
  return el("blockquote", { class: "quote", lang: flag.language }, who, " ", el("span", { class: "said" }, ...pieces));
}

/**
 * Why the rule spoke: its explanation, the phrase where it is not what was heard, every value against its threshold.
 *
 * @param {Words} words
 * @param {Flag} flag
 */
export function reasonsOf(words, flag) {
  const { explanation, measured } = flag.evidence;
  const phrase = plainPhrase(flag.evidence.phrase, flag.evidence.words.map((word) => word.text).join(" "));
  const parts = [explanation[words.language]];
  if (phrase !== "") parts.push(words.t("flag.phrase", { phrase }));
  for (const { name, value, threshold } of measured) {
    parts.push(
      words.t("flag.measured", {
        name: words.name("measured", name),
        value: measure(words.language, name, value),
        threshold: measure(words.language, name, threshold),
      }),
    );
  }
  const said = parts.filter((part) => part !== "");
  return said.length === 0 ? null : el("p", { class: "reasons" }, ...said.map((part) => el("span", {}, part)));
}

/**
 * How long it took from the end of the words to the screen; on request, stage by stage.
 *
 * @param {Words} words
 * @param {Flag} flag
 */
export function latencyOf(words, { latency, evidence }) {
  const last = latency.screen_s ?? latency.feed_s ?? latency.stored_s ?? latency.rule_s ?? latency.text_s;
  if (last === null) return null;
  const stages = {
    text: seconds(words.language, latency.text_s),
    rule: seconds(words.language, latency.rule_s),
    stored: seconds(words.language, latency.stored_s),
    feed: seconds(words.language, latency.feed_s),
    screen: seconds(words.language, latency.screen_s),
  };
  const total = { total: seconds(words.language, last) };
  return el(
    "details",
    { class: "latency" },
    el("summary", { "data-act": "latency", title: words.t("flag.latency.title") },
      evidence.text === "" ? words.t("flag.latency.cause", total) : words.t("flag.latency", total)),
    el("p", { class: "stages" }, words.t("flag.latency.stages", stages)),
  );
}

/** What the coach does about it. @param {Words} words @param {Flag} flag */
export function actionOf(words, flag) {
  return el("p", { class: "action" }, el("b", {}, words.t("flag.action")), " ", flag.action[words.language]);
}

/** The words for where a flag is in its life. @param {Words} words @param {Flag} flag */
export function stateOf(words, flag) {
  const title = words.t(/** @type {import("../shared/i18n.js").Key} */ (`state.${flag.state}.title`));
  return el("span", { class: `state ${flag.state}`, title }, words.name("state", flag.state));
}
