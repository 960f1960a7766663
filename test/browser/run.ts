import {withChromium} from './harness/chromium';
import {Report} from './harness/report';
import {suites} from './suites';

/** `npm run test:browser [-- word …]`: the suites whose titles hold every word, all of them by default. */
async function main(words: string[]): Promise<void> {
  const report = new Report();
  const chosen = suites.filter(({title}) => words.every((word) => title.includes(word)));
  if (chosen.length === 0) report.fail(words.join(' '), 'No suite has a title like this.');
  try {
    await withChromium(async (browser) => {
      for (const {title, run} of chosen) {
        console.log(title);
        try {
          await run(browser, report);
        } catch (error) {
          report.fail(title, error instanceof Error ? error.message : String(error));
        }
      }
    });
  } catch (error) {
    report.fail('Chromium', error instanceof Error ? error.message : String(error));
  }
  console.log(report.summary());
  process.exitCode = report.failed === 0 ? 0 : 1;
}

void main(process.argv.slice(2));
