/** The part of tslab's display used here. */
interface Display {
  html(html: string): void;
}

/**
 * Returns the display of the notebook whose kernel is this process; undefined outside notebooks.
 *
 * The cells' `require` finds the modules of the tslab that runs them, the project's or a global one.
 */
export function notebookDisplay(): Display | undefined {
  const kernel = (globalThis as {__tslab__?: {require(name: string): unknown}}).__tslab__;
  return kernel && (kernel.require('tslab') as {display: Display}).display;
}
