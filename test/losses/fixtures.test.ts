import test from 'ava';
import {useBackend} from '../helpers/backends';
import {
  describeFixture,
  FLOOR,
  largestRelativeError,
  lossFixtures,
  runFixture,
} from '../helpers/loss_fixtures';

for (const backend of ['cpu', 'wasm'] as const) {
  for (const family of ['sigmoid', 'softmax'] as const) {
    test.serial(`${family} family agrees with the reference code on PyTorch (${backend})`, async (t) => {
      await useBackend(backend);
      for (const fixture of lossFixtures[family]) {
        const {rowLosses, gradient} = runFixture(family, fixture);
        const name = describeFixture(fixture);
        t.true(largestRelativeError(rowLosses, fixture.rowLosses, FLOOR) < 1e-6, `loss, ${name}`);
        t.true(largestRelativeError(gradient, fixture.gradient, FLOOR) < 1e-6, `gradient, ${name}`);
      }
    });
  }
}
