// @ts-check
/** @import { Figures } from "../wire/rules.js" */
/** @import { Words } from "../shared/i18n.js" */
import { svg } from "../shared/dom.js";
import { share } from "../shared/format.js";

const WIDTH = 200;
const HEIGHT = 18;
const INSET = 4;

/** Where a share of 0 to 1 stands. @param {number} share */
export const placeOf = (share) => INSET + share * (WIDTH - 2 * INSET);

/**
 * The interval of a precision as a band from 0 to 100 %, its share as a dot, the floor as a line with a foot. The same is
 * said in words beside it.
 *
 * @param {Figures} figures
 * @param {number|null} floor
 */
export function precisionBar({ precision, low, high }, floor) {
  const middle = HEIGHT / 2;
  const band = { x: placeOf(low), y: middle - 4, width: Math.max(2, placeOf(high) - placeOf(low)), height: 8, rx: 4 };
  return svg("svg", { class: "precision-bar", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT, "aria-hidden": "true" },
    svg("path", { class: "rail", d: `M${placeOf(0)} ${middle} H${placeOf(1)}` }),
    precision === null ? null : svg("rect", { class: "band", ...band }),
    precision === null ? null : svg("circle", { class: "share", cx: placeOf(precision), cy: middle, r: 4 }),
    floor === null ? null : svg("path", { class: "floor", d: `M${placeOf(floor)} 1 V${HEIGHT - 1} m-3 0 h6` }));
}

/**
 * "17 of 20 right, 64 to 95 %"; without a verdict, that there is none.
 *
 * @param {Words} words
 * @param {Figures} figures
 */
export function precisionWords(words, figures) {
  const { useful, already_known, false_alarm, low, high } = figures;
  const of = useful + already_known + false_alarm;
  if (of === 0) return words.t("precision.none");
  const [from, to] = [share(words.language, low), share(words.language, high)];
  return words.plural("precision.of", of, { right: useful + already_known, from, to });
}
