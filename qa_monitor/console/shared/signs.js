// @ts-check
/** @import { Priority } from "../wire/flags.js" */
import { svg } from "./dom.js";

/** @type {Record<Priority, string>} */
const OUTLINE = {
  high: "M8 1.2 15.2 14.4 H0.8 Z",
  medium: "M8 0.8 15.2 8 8 15.2 0.8 8 Z",
  low: "M8 2.6 A5.4 5.4 0 1 1 7.99 2.6 Z",
};

/**
 * The shape of a priority: triangle, diamond, ring. Told apart without colour.
 *
 * @param {Priority} priority
 */
export function prioritySign(priority) {
  return svg(
    "svg",
    { class: `sign ${priority}`, viewBox: "0 0 16 16", "aria-hidden": "true" },
    svg("path", { d: OUTLINE[priority] }),
  );
}

/** @type {Record<"play"|"stop"|"check"|"open", string>} */
const ICONS = {
  play: "M4 2.5 L13 8 L4 13.5 Z",
  stop: "M3.5 3.5 H12.5 V12.5 H3.5 Z",
  check: "M2.2 8.6 L6 12.4 L13.8 4 L12.4 2.8 L6 9.7 L3.5 7.2 Z",
  open: "M3 3 H8 V4.6 H4.6 V11.4 H11.4 V8 H13 V13 H3 Z M9.4 2.4 H13.6 V6.6 H12 V5.2 L8.2 9 L7 7.8 L10.8 4 H9.4 Z",
};

/** A small picture beside a button's words. @param {keyof typeof ICONS} name */
export function icon(name) {
  return svg("svg", { class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d: ICONS[name] }));
}
