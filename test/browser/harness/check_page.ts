import type {Browser} from 'playwright-core';
import {bundlePage} from './bundle';
import {withPage} from './open_page';
import type {Report} from './report';
import type {ServedFiles} from './server';
import type {PageSetting} from './start_backend';

/** Something to be checked in a browser: one page of checks on one backend, or whatever else `run` does. */
export interface BrowserSuite {
  title: string;
  /** Reports every check; throws where the suite as a whole cannot go on. */
  run(browser: Browser, report: Report): Promise<void>;
}

export interface CheckPageOptions extends Partial<Omit<PageSetting, 'backend'>> {
  /** Whether the page is cross-origin isolated. Default: where there are threads. */
  isolated?: boolean;
  /** Default: five minutes. */
  timeoutMs?: number;
}

const bundles = new Map<string, Promise<ServedFiles>>();

function bundleChecks(checks: string): Promise<ServedFiles> {
  const bundle =
    bundles.get(checks) ?? bundlePage([`test/browser/${checks}.browser`, 'test/browser/harness/run_checks']);
  bundles.set(checks, bundle);
  return bundle;
}

/** The checks of `test/browser/<checks>.browser.ts` in a page of their own. */
export function checkPage(
  checks: string,
  backend: PageSetting['backend'],
  options: CheckPageOptions = {},
): BrowserSuite {
  const {threads = 1, composed = false, flags = {}, isolated = threads > 1, timeoutMs = 300_000} = options;
  const extras = [
    threads > 1 && `${threads} threads`,
    isolated && 'isolated',
    composed && 'composed',
    ...Object.entries(flags).map(([flag, value]) => `${flag} ${value}`),
  ].filter(Boolean);
  return {
    title: `${checks} · ${[backend, ...extras].join(', ')}`,
    async run(browser, report) {
      let last = 'none';
      const progress = () => `; the last finished check is: ${last}`;
      const files = await bundleChecks(checks);
      await withPage(browser, files, {isolated, timeoutMs, progress}, async (page, url) => {
        await page.exposeFunction('reportCheck', (name: string, failure: string) => {
          last = name;
          if (failure) report.fail(name, failure);
          else report.pass(name);
        });
        await page.goto(url);
        const setting = {backend, threads, composed, flags};
        await page.evaluate((setting) => window.runChecks(setting), setting);
      });
    },
  };
}
