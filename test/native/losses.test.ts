import test from 'ava';
import {
  describeFixture,
  FLOOR,
  largestRelativeError,
  lossFixtures,
  runFixture,
} from '../helpers/loss_fixtures';
import {useTfjsNode} from '../helpers/native';

test.before(useTfjsNode);

for (const family of ['sigmoid', 'softmax'] as const) {
  test.serial(`${family} family agrees with the reference code on PyTorch (tfjs-node)`, (t) => {
    for (const fixture of lossFixtures[family]) {
      const {rowLosses, gradient} = runFixture(family, fixture);
      const name = describeFixture(fixture);
      t.true(largestRelativeError(rowLosses, fixture.rowLosses, FLOOR) < 1e-6, `loss, ${name}`);
      t.true(largestRelativeError(gradient, fixture.gradient, FLOOR) < 1e-6, `gradient, ${name}`);
    }
  });
}
