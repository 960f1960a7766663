/** The part of tslab's display that is used. */
interface Display {
  html(html: string): void;
}

/**
 * The display of the notebook that this process is the kernel of; undefined outside notebooks.
 *
 * tslab gives cells its own modules by their `require`, whichever tslab runs them: the project's or a global one.
 */
export function notebookDisplay(): Display | undefined {
  const kernel = (globalThis as {__tslab__?: {require(name: string): unknown}}).__tslab__;
  return kernel && (kernel.require('tslab') as {display: Display}).display;
}
