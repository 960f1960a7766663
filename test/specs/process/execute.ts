import {writeFileSync} from 'node:fs';
import type {SpecResults} from '../setting';
import {jasmine, setting} from './set_up';

const results: SpecResults = {passed: [], failed: {}};
const seen = new Map<string, number>();

/** Some specs have the same name: the second one gets " (2)". */
function nameOf(fullName: string): string {
  const times = (seen.get(fullName) ?? 0) + 1;
  seen.set(fullName, times);
  const oneLine = fullName.replace(/\s+/g, ' ');
  return times === 1 ? oneLine : `${oneLine} (${times})`;
}

const environment = jasmine.getEnv();
environment.configure({random: false});
environment.addReporter({
  specDone({fullName, status, failedExpectations}) {
    const name = nameOf(fullName);
    if (status === 'passed') results.passed.push(name);
    if (status === 'failed') results.failed[name] = failedExpectations[0].message;
  },
  suiteDone({fullName, failedExpectations}) {
    if (failedExpectations.length > 0)
      results.failed[`${fullName} as a whole`] = failedExpectations[0].message;
  },
});
environment.execute().then(() => {
  writeFileSync(setting.resultsFile, JSON.stringify(results));
  process.exit();
});
