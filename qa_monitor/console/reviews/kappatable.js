// @ts-check
/** @import { Agreement, Kappa } from "../wire/reviews.js" */
/** @import { Words } from "../shared/i18n.js" */
import { el, svg } from "../shared/dom.js";

/** How far people and the machine agree on each question: a figure, a word, and a bar with its interval. */
const WIDTH = 120;
const HEIGHT = 12;

/** @param {number} value of a kappa, from -1 to 1 @returns {number} where it is on the bar, which begins at 0 */
export const placeOf = (value) => Math.round(Math.max(0, Math.min(1, value)) * WIDTH * 10) / 10;

/** @param {Agreement[]} rows @param {string} label @param {Words} words */
export function kappaTable(rows, label, words) {
  const heads = /** @type {const} */ (["reviews.question", "reviews.people", "reviews.machine"]);
  return el("div", { class: "wide" }, el("table", { class: "kappa", "aria-label": label },
    el("thead", {}, el("tr", {}, ...heads.map((key) => el("th", { scope: "col" }, words.t(key))))),
    el("tbody", {}, ...rows.map((row) => kappaRow(row, words)))));
}

/** @param {Agreement} row @param {Words} words */
function kappaRow(row, words) {
  const text = words.language === "fr" ? row.text_fr : row.text_en;
  const weak = row.weak && el("p", { class: "weak" }, words.t("reviews.weak", { floor: figure(row.floor, words) }));
  return el("tr", {},
    el("th", { scope: "row" }, text, weak),
    el("td", {}, ...cell(row.people, row.people_agreed, null, words)),
    el("td", {}, ...cell(row.machine, row.machine_agreed, row.floor, words),
      row.machine !== null && row.machine_calls < row.needed && el("p", { class: "remark" }, words.t("reviews.few", { n: row.needed }))));
}

/** @param {Kappa|null} kappa @param {number|null} agreed @param {number|null} floor @param {Words} words */
function cell(kappa, agreed, floor, words) {
  const share = agreed === null ? "" : words.t("reviews.agreed", { share: Math.round(agreed * 100) });
  if (kappa === null) return [el("span", { class: "remark" }, share === "" ? words.t("reviews.no_kappa") : `${share} · ${words.t("reviews.no_kappa")}`)];
  // where one side always says the same, or both always agree, the formula gives no width: it is none to be trusted
  const between = kappa.low < kappa.high ? words.t("reviews.interval", { low: figure(kappa.low, words), high: figure(kappa.high, words) }) : "";
  return [
    el("div", { class: "kappa-line" }, el("b", {}, figure(kappa.value, words)), el("span", {}, words.name("reviews.strength", kappa.strength)), bar(kappa, floor)),
    el("p", { class: "remark" }, [between, share, words.plural("reviews.of_calls", kappa.calls)].filter((part) => part !== "").join(" · ")),
  ];
}

/** Figures beside it say the same: it is for the eye alone. @param {Kappa} kappa @param {number|null} floor */
function bar(kappa, floor) {
  const [low, high, at] = [placeOf(kappa.low), placeOf(kappa.high), placeOf(kappa.value)];
  return svg("svg", { class: "kappa-bar", width: WIDTH, height: HEIGHT, viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" },
    svg("rect", { class: "ground", x: 0, y: 4, width: WIDTH, height: 4, rx: 2 }),
    svg("rect", { class: "interval", x: low, y: 4, width: Math.max(1, high - low), height: 4, rx: 2 }),
    floor !== null && svg("path", { class: "floor", d: `M${placeOf(floor)} 0V${HEIGHT}` }),
    svg("circle", { class: "value", cx: Math.max(4, Math.min(WIDTH - 4, at)), cy: 6, r: 4 }));
}

/** @param {number} value @param {Words} words */
export const figure = (value, words) => value.toLocaleString(words.locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
