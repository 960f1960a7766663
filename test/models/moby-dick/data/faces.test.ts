import test from 'ava';
import {FACES, type Face} from '../../../../models/moby-dick/data/faces';

const families = (faces: readonly Face[]) => new Set(faces.map(({family}) => family));

test('no family is in two splits', (t) => {
  const splits = Object.values(FACES).map(families);
  const together = new Set(splits.flatMap((split) => [...split]));
  t.is(
    together.size,
    splits.reduce((sum, {size}) => sum + size, 0),
  );
});
