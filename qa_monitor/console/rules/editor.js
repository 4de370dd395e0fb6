// @ts-check
/** @import { Problem } from "../wire/rules.js" */
/** @import { Words } from "../shared/i18n.js" */
import { byId, el, fill } from "../shared/dom.js";
import { problemIn } from "./problem.js";

/**
 * The text of a rule file with a number at every line; lines with mistakes are marked, and each mistake leads there.
 *
 * @param {() => void} onText called whenever the text is another
 */
export function createEditor(onText) {
  /** @type {HTMLTextAreaElement} */
  const area = byId("draft");
  const gutter = byId("gutter");
  /** @type {Set<number>} */
  let wrong = new Set();

  const number = () => {
    const lines = area.value.split("\n").length;
    fill(gutter, ...Array.from({ length: lines }, (_, index) =>
      el("span", { class: wrong.has(index + 1) ? "wrong" : null }, String(index + 1))));
    gutter.scrollTop = area.scrollTop;
  };
  area.addEventListener("input", () => {
    number();
    onText();
  });
  area.addEventListener("scroll", () => (gutter.scrollTop = area.scrollTop));

  return {
    get text() {
      return area.value;
    },
    /** @param {string} text */
    put(text) {
      area.value = text;
      number();
      onText();
    },
    /** @param {Problem[]} problems @param {Words} words */
    mark(problems, words) {
      wrong = new Set(problems.map((problem) => problem.line));
      number();
      fill(byId("problems"), ...problems.map((problem) => {
        const { found, allowed } = problemIn(words, problem);
        return el("li", {}, line(area, problem, words), ` ${problem.field} `,
          el("span", { class: "found" }, words.t("rules.found", { found })), ` ${words.t("rules.allowed", { allowed })}`);
      }));
    },
  };
}

/** A button that leads to the line. @param {HTMLTextAreaElement} area @param {Problem} problem @param {Words} words */
function line(area, problem, words) {
  const go = () => {
    const [from, to] = placeOfLine(area.value, problem.line);
    area.focus();
    area.setSelectionRange(from, to);
    area.scrollTop = ((problem.line - 5) * area.scrollHeight) / area.value.split("\n").length;
  };
  return el("button", { type: "button", class: "plain", onclick: go }, words.t("rules.line", { line: problem.line }));
}

/**
 * Where a line begins and ends, counted in characters.
 *
 * @param {string} text
 * @param {number} line from 1; one that is not there is the nearest
 * @returns {[number, number]}
 */
export function placeOfLine(text, line) {
  const lines = text.split("\n");
  const index = Math.min(Math.max(line, 1), lines.length) - 1;
  const from = lines.slice(0, index).reduce((sum, one) => sum + one.length + 1, 0);
  return [from, from + lines[index].length];
}
