import type {Browser} from 'playwright-core';
import {bundleChecks} from './bundle';
import type {PageSetting} from './check';
import {watchPage} from './chromium';
import type {Report} from './report';
import {type ServedFiles, serve} from './server';

/** Something to be checked in a browser: one page of checks on one backend, or whatever else `run` does. */
export interface BrowserSuite {
  title: string;
  /** Reports every check; throws where the suite as a whole cannot go on. */
  run(browser: Browser, report: Report): Promise<void>;
}

export interface CheckPageOptions {
  /** Threads of the wasm backend. Default: 1. */
  threads?: number;
  /** Whether the page is cross-origin isolated. Default: where there are threads. */
  isolated?: boolean;
  /** Default: three minutes. */
  timeoutMs?: number;
}

const bundles = new Map<string, Promise<ServedFiles>>();

/** The checks of `test/browser/<checks>.browser.ts` in a page of their own. */
export function checkPage(
  checks: string,
  backend: PageSetting['backend'],
  {threads = 1, isolated = threads > 1, timeoutMs = 180_000}: CheckPageOptions = {},
): BrowserSuite {
  return {
    title: `${checks} · ${backend}${threads > 1 ? `, ${threads} threads` : ''}${isolated ? ', isolated' : ''}`,
    async run(browser, report) {
      const bundle = bundles.get(checks) ?? bundleChecks(checks);
      bundles.set(checks, bundle);
      const server = await serve(await bundle, {isolated});
      const context = await browser.newContext();
      let timer: NodeJS.Timeout | undefined;
      let last = 'none';
      try {
        const page = await context.newPage();
        await page.exposeFunction('reportCheck', (name: string, failure: string) => {
          last = name;
          if (failure) report.fail(name, failure);
          else report.pass(name);
        });
        const failed = new Promise<never>((_, fail) => {
          watchPage(page, (message) => fail(new Error(message)));
          timer = setTimeout(
            () => fail(new Error(`No end after ${timeoutMs / 1000} s; the last finished check is: ${last}`)),
            timeoutMs,
          );
        });
        const finished = page
          .goto(server.url)
          .then(() => page.evaluate((setting) => window.runChecks(setting), {backend, threads}));
        await Promise.race([finished, failed]);
      } finally {
        clearTimeout(timer);
        await context.close();
        await server.close();
      }
    },
  };
}
