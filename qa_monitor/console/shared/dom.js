// @ts-check
/**
 * Elements made by code. Text only ever goes in as text nodes: what a caller says can hold markup.
 *
 * @typedef {Node|string|null|undefined|false} Child
 * @typedef {Record<string, string|number|boolean|null|undefined|((event: any) => void)>} Attributes
 */

const SVG = "http://www.w3.org/2000/svg";

/** @param {Element} element @param {Attributes} attributes */
function dress(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.replace(/^on/, ""), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
}

/** @param {Child[]} children @returns {(Node|string)[]} */
const present = (children) =>
  /** @type {(Node|string)[]} */ (children.filter((child) => child !== null && child !== undefined && child !== false));

/**
 * An element; attributes named `on…` are listeners, children that are null or false are left out.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  dress(element, attributes);
  element.append(...present(children));
  return element;
}

/**
 * The same for drawings.
 *
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {SVGElementTagNameMap[K]}
 */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  dress(element, attributes);
  element.append(...present(children));
  return element;
}

/**
 * The element of the page with this id, which must be there.
 *
 * @template {HTMLElement} [E=HTMLElement]
 * @param {string} id
 * @returns {E}
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no element "${id}"`);
  return /** @type {E} */ (element);
}

/** Replace an element's content. @param {Element} element @param {...Child} children */
export function fill(element, ...children) {
  element.replaceChildren(...present(children));
}

/** Set a text only when it changed, so that screen readers are not told twice. @param {Node} node @param {string} text */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Make `container` hold exactly these elements in this order, touching only what is out of place: focus and hover stay.
 *
 * @param {Element} container
 * @param {readonly Element[]} elements
 */
export function arrangeChildren(container, elements) {
  const wanted = new Set(elements);
  for (const child of [...container.children]) if (!wanted.has(child)) child.remove();
  elements.forEach((element, index) => {
    const present = container.children[index] ?? null;
    if (present !== element) container.insertBefore(element, present);
  });
}
