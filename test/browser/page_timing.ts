import type {Page} from 'playwright-core';

declare global {
  interface Window {
    /** Tasks over 50 ms on the main thread: when they began and how long they took, in ms. */
    longTasks: {start: number; ms: number}[];
    /** The sum of unexpected layout shifts so far (CLS). */
    layoutShift: number;
  }
}

/** Makes the page note long tasks and layout shifts from its beginning. */
export async function watchLayout(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.longTasks = [];
    window.layoutShift = 0;
    new PerformanceObserver((list) => {
      for (const {startTime, duration} of list.getEntries()) {
        window.longTasks.push({start: startTime, ms: Math.round(duration)});
      }
    }).observe({type: 'longtask' as never, buffered: true});
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
      })[]) {
        if (!entry.hadRecentInput) window.layoutShift += entry.value;
      }
    }).observe({type: 'layout-shift' as never, buffered: true});
  });
}

/** What to say of the main thread since `began`; a timing, so for people to read and no test to depend on. */
export async function longTasks(page: Page, began: number): Promise<string> {
  const tasks = await page.evaluate(
    (from) => window.longTasks.filter(({start}) => start > from).map(({ms}) => ms),
    began,
  );
  return tasks.length === 0
    ? 'no task over 50 ms while training'
    : `longest task while training ${Math.max(...tasks)} ms, ${tasks.length} over 50 ms`;
}
