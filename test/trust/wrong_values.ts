import * as tf from '@tensorflow/tfjs';

/** Values that are wrong nearly everywhere, made anew for each use, by what is wrong with them. */
export const WRONG: Record<string, () => unknown> = {
  undefined: () => undefined,
  null: () => null,
  NaN: () => Number.NaN,
  Infinity: () => Number.POSITIVE_INFINITY,
  'a negative number': () => -1,
  'a fraction': () => 1.5,
  'a huge number': () => 2 ** 53,
  'a string': () => 'wrong',
  'an empty string': () => '',
  'a name that all objects know': () => 'constructor',
  'a method that all objects have': () => 'toString',
  'a boolean': () => true,
  'a symbol': () => Symbol('wrong'),
  'an empty array': () => [],
  'an array of NaN': () => [Number.NaN, Number.NaN],
  'lists in lists': () => [[['wrong']]],
  'an empty object': () => ({}),
  'an object that is no primitive': () => ({toString: 1, valueOf: 1}),
  'an object without a prototype': () => Object.create(null),
  'a function': () => () => {},
  'a class': () => class Wrong {},
  'a date': () => new Date(Number.NaN),
  'a scalar': () => tf.scalar(1),
  'an empty tensor': () => tf.zeros([0, 3]),
  'a tensor of NaN': () => tf.fill([2, 3], Number.NaN),
  'a tensor of infinities': () => tf.fill([2, 3], Number.POSITIVE_INFINITY),
  'a tensor of strings': () => tf.tensor(['a', 'b']),
  'a complex tensor': () => tf.complex([1, 2], [3, 4]),
  'a tensor of rank 6': () => tf.zeros([1, 1, 1, 1, 1, 1]),
  'a disposed tensor': () => {
    const tensor = tf.zeros([2, 3]);
    tensor.dispose();
    return tensor;
  },
};
