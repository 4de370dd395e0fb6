// @ts-check

/**
 * Draws once for many changes in a row. A hidden page draws too, for the count in its title.
 *
 * @param {() => void} draw
 * @returns {() => void} to be called after each change
 */
export function createRedraw(draw) {
  let planned = false;
  return () => {
    if (planned) return;
    planned = true;
    queueMicrotask(() => {
      planned = false;
      draw();
    });
  };
}
