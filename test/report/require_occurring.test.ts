import test from 'ava';
import {classFrequencies, tailRatioCurve} from '../../src/report/on_node';
import {requireOccurring} from '../../src/report/require_occurring';

test('requires at least one class that occurs', (t) => {
  t.notThrows(() => requireOccurring([0, 0.1]));
  for (const draw of [requireOccurring, classFrequencies, tailRatioCurve]) {
    t.throws(() => draw([0, 0]), {
      name: 'ValueError',
      message: /`freqInfo` to be about at least one class that has an image\. Received: \[0, 0\]/,
    });
  }
});
