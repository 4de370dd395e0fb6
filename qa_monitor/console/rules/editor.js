// @ts-check
/** @import { Problem } from "../wire/rules.js" */
/** @import { Words } from "../shared/i18n.js" */
import { byId, el, fill } from "../shared/dom.js";
import { fieldIn, problemIn } from "./problem.js";

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
    /** As if it had been typed, so that Ctrl+Z brings back what stood there. @param {string} text */
    replace(text) {
      area.focus();
      area.select();
      if (!document.execCommand("insertText", false, text)) this.put(text);
    },
    /** Mark this line and bring it into view. @param {number} line */
    goTo: (line) => goTo(area, line),
    /** Mistakes in other files, read together with the draft, are named with their file. @param {Problem[]} problems @param {string} file the draft's @param {Words} words */
    mark(problems, file, words) {
      wrong = new Set(problems.filter((problem) => problem.file === file).map((problem) => problem.line));
      number();
      fill(byId("problems"), ...problems.map((problem) => {
        const { found, allowed } = problemIn(words, problem);
        const here = problem.file === file;
        const place = here ? line(area, problem, words) : elsewhere(problem, words);
        return el("li", {}, place, ` ${fieldIn(words, problem, !here)} `,
          el("span", { class: "found" }, found), ` ${words.t("rules.allowed", { allowed })}`);
      }));
    },
  };
}

/** @param {Problem} problem @param {Words} words */
const elsewhere = (problem, words) =>
  el("b", {}, words.t("rules.line.elsewhere", { line: problem.line, file: problem.file.split("/").at(-1) ?? problem.file }));

/** A button that leads to the line. @param {HTMLTextAreaElement} area @param {Problem} problem @param {Words} words */
function line(area, problem, words) {
  return el("button", { type: "button", class: "plain", onclick: () => goTo(area, problem.line) }, words.t("rules.line", { line: problem.line }));
}

/** @param {HTMLTextAreaElement} area @param {number} line */
function goTo(area, line) {
  const [from, to] = placeOfLine(area.value, line);
  area.focus();
  area.setSelectionRange(from, to);
  area.scrollTop = ((line - 5) * area.scrollHeight) / area.value.split("\n").length;
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
