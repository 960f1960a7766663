import type {Browser, Page} from 'playwright-core';
import {newContext, watchPage} from './chromium';
import {type ServedFiles, serve} from './server';

export interface PageOptions {
  isolated: boolean;
  timeoutMs: number;
  /** Completes "No end after 180 s". */
  progress?: () => string;
}

/**
 * Opens served files in a browser context of their own for `use`.
 *
 * @throws Error when the page does what `watchPage` knows of, or `use` takes too long.
 */
export async function withPage<T>(
  browser: Browser,
  files: ServedFiles,
  {isolated, timeoutMs, progress = () => ''}: PageOptions,
  use: (page: Page, url: string) => Promise<T>,
): Promise<T> {
  const server = await serve(files, {isolated});
  const context = await newContext(browser);
  let timer: NodeJS.Timeout | undefined;
  try {
    const page = await context.newPage();
    const failed = new Promise<never>((_, fail) => {
      watchPage(page, (message) => fail(new Error(message)));
      const late = () => fail(new Error(`No end after ${timeoutMs / 1000} s${progress()}`));
      timer = setTimeout(late, timeoutMs);
    });
    return await Promise.race([use(page, server.url), failed]);
  } finally {
    clearTimeout(timer);
    await context.close();
    await server.close();
  }
}
