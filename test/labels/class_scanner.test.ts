import test from 'ava';
import {ClassScanner} from '../../src/labels/class_scanner';

class Scanner extends ClassScanner {
  hot(values: ArrayLike<number>, images: number, width: number, tooMany?: () => never): number[] {
    this.begin();
    this.scanHot(values, images, width, tooMany);
    return this.hits.slice(0, this.numHits);
  }

  integers(values: ArrayLike<number>): number[] {
    this.begin();
    for (let at = 0; at < values.length; at++) this.scanInteger(values, at);
    return this.hits.slice(0, this.numHits);
  }
}

const WIDTH = 7;
const IMAGES = 301;
const CLASSES = Array.from({length: IMAGES}, (_, i) => (i * 5) % WIDTH);

/** One-hot labels in a buffer that begins `shift` values before them. */
function oneHot(shift: number): Float32Array {
  const values = new Float32Array(shift + IMAGES * WIDTH).subarray(shift);
  CLASSES.forEach((label, i) => {
    values[i * WIDTH + label] = 1;
  });
  return values;
}

test('many values are read two at a time where they lie right for that, with the same result', (t) => {
  const scanner = new Scanner(WIDTH);
  for (const shift of [0, 1, 2, 3]) {
    const values = oneHot(shift);
    t.deepEqual(scanner.hot(values, IMAGES, WIDTH), CLASSES, `${shift} values before`);
    // The same buffer again, changed in between.
    values.fill(0);
    values[IMAGES * WIDTH - 1] = 1;
    t.deepEqual(scanner.hot(values, IMAGES, WIDTH), [WIDTH - 1], `${shift} values before, changed`);
  }
  t.deepEqual(scanner.hot(Array.from(oneHot(0)), IMAGES, WIDTH), CLASSES, 'an array of numbers');
  t.is(scanner.numImages, IMAGES);
});

test('a pair of values that is not zero is looked at, whatever its bits', (t) => {
  const scanner = new Scanner(WIDTH);
  for (const [wrong, at] of [
    [-0, 1000],
    [0.5, 1000],
    [0.5, 1001],
    [2, IMAGES * WIDTH - 1],
    [Number.NaN, 1001],
    [Number.MIN_VALUE, 1001],
    [1.4e-45, 1000],
  ]) {
    const values = new Float32Array(IMAGES * WIDTH);
    values[at] = wrong;
    if (values[at] === 0) t.deepEqual(scanner.hot(values, IMAGES, WIDTH), []);
    else
      t.throws(() => scanner.hot(values, IMAGES, WIDTH), {name: 'ValueError', message: /0 or 1 throughout/});
  }
});

test('a second class of one image is refused where it must not be, also two pairs further on', (t) => {
  const scanner = new Scanner(WIDTH);
  const values = oneHot(0);
  const tooMany = () => {
    throw new Error('too many');
  };
  t.deepEqual(scanner.hot(values, IMAGES, WIDTH, tooMany), CLASSES);
  values[200 * WIDTH + ((CLASSES[200] + 4) % WIDTH)] = 1;
  t.throws(() => scanner.hot(values, IMAGES, WIDTH, tooMany), {message: 'too many'});
  t.is(scanner.hot(values, IMAGES, WIDTH).length, IMAGES + 1);
});

test('the background column of C + 1 values is no class', (t) => {
  t.deepEqual(new Scanner(2).hot([0, 0, 1, 0, 1, 0], 2, 3), [1]);
});

test('integers that do not count are no images; those of one class are 0 and 1', (t) => {
  const scanner = new Scanner(3, 255);
  t.deepEqual(scanner.integers([0, 255, 3, 2]), [0, 2]);
  t.is(scanner.numImages, 3);
  const one = new Scanner(1, -1);
  t.deepEqual(one.integers([1, 0, -1, 1]), [0, 0]);
  t.is(one.numImages, 3);
  for (const wrong of [2, 0.5, Number.NaN, -2]) {
    t.throws(() => one.integers([wrong]), {name: 'ValueError', message: /0 or 1 \(the class\)/});
  }
});
