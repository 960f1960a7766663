import {existsSync} from 'node:fs';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';

/** Where Chromium is, or would be. */
export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-unsafe-webgpu',
];

/**
 * Opens Chromium for `use` and closes it again, whatever happens.
 *
 * @throws Error that says what to install where there is no Chromium.
 */
export async function withChromium<T>(use: (browser: Browser) => Promise<T>): Promise<T> {
  if (!existsSync(CHROMIUM)) {
    throw new Error(
      `There is no Chromium at ${CHROMIUM}. Install it (Debian, Ubuntu: apt-get install chromium), or name ` +
        'another Chromium or Chrome in the environment variable CHROMIUM.',
    );
  }
  const browser = await chromium.launch({executablePath: CHROMIUM, args: FLAGS});
  try {
    return await use(browser);
  } finally {
    await browser.close();
  }
}

/**
 * Opens a profile of its own. tsx compiles with esbuild, which wraps functions in `__name` to keep their names: the
 * text of a function that a page evaluates calls it there.
 */
export async function newContext(browser: Browser, options?: BrowserContextOptions): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  await context.addInitScript('globalThis.__name ??= (f) => f;');
  return context;
}

/** Calls `onFailure` for whatever a page should never do: console errors, uncaught errors and rejections, a crash. */
export function watchPage(page: Page, onFailure: (message: string) => void): void {
  page.on('console', (message) => {
    if (message.type() === 'error') onFailure(`console error: ${message.text()}`);
  });
  page.on('pageerror', (error) => onFailure(`uncaught: ${error.stack ?? error.message}`));
  page.on('crash', () => onFailure('the page crashed'));
}
