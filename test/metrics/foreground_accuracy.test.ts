import test from 'ava';
import {ForegroundAccuracy} from '../../src';
import {deserializeObject, serializeObject} from '../../src/core/registry';
import {useBackend} from '../helpers/backends';
import {metricFixtures, tensorsOf} from '../helpers/metric_fixtures';

test('is restored from its configuration', (t) => {
  const json = JSON.parse(JSON.stringify(serializeObject(new ForegroundAccuracy())));
  t.true(deserializeObject(json) instanceof ForegroundAccuracy);
});

for (const backend of ['cpu', 'wasm'] as const) {
  test.serial(`equals scikit-learn's accuracy_score over foreground samples (${backend})`, async (t) => {
    await useBackend(backend);
    for (const fixture of metricFixtures) {
      const value = new ForegroundAccuracy()(...tensorsOf(fixture)).dataSync()[0];
      t.true(Math.abs(value - fixture.accuracy) < 1e-6, `${value}, not ${fixture.accuracy}`);
    }
  });
}
