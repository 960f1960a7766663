import test from 'ava';
import {useBackend} from '../helpers/backends';
import {describeFixture, largestRelativeError, lossFixtures, runFixture} from '../helpers/loss_fixtures';

// Below this PyTorch's own float64 formulas, log(1 + e^z), σ(z) − y and log Σ e^z − z, have lost their digits; that ours keep
// them is what the closed forms in equalization_loss.test.ts are for.
const FLOOR = 1e-8;

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
