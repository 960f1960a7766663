import test from 'ava';
import {Random} from '../../src/core/random';
import {inOrder} from '../../src/io/datasets';
import {
  classAware,
  progressive,
  repeatFactor,
  type SamplerContext,
  squareRoot,
  uniform,
} from '../../src/sampling';
import {requireContext} from '../../src/sampling/sampler';

const classes = () => {
  throw new Error('unexpected');
};
const context: SamplerContext = {length: 3, epoch: 0, random: new Random(1), classes};

test('a context passes, and an invalid one is refused, naming the part', (t) => {
  t.is(requireContext(context), context);
  const wrong: [context: unknown, message: RegExp][] = [
    [undefined, /`context` to be an object/],
    [{...context, length: 0.5}, /`context\.length` to be an integer ≥ 0/],
    [{...context, epoch: -1}, /`context\.epoch` to be an integer ≥ 0/],
    [{...context, random: Math.random}, /`context\.random` to be an object/],
    [{...context, random: {}}, /`context\.random\.shuffle` to be a function/],
    [{...context, classes: [0]}, /`context\.classes` to be a function/],
  ];
  const samplers = [
    uniform,
    classAware,
    squareRoot,
    repeatFactor({threshold: 0.1}),
    progressive({epochs: 2}),
  ];
  for (const [given, message] of wrong) {
    for (const {order} of [...samplers, inOrder]) {
      t.throws(() => order(given as SamplerContext), {name: 'ValueError', message});
    }
  }
});
