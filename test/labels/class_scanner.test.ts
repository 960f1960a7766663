import test from 'ava';
import {ClassScanner} from '../../src/labels/class_scanner';

class Scanner extends ClassScanner {
  hot(values: ArrayLike<number>, images: number, width: number, tooMany?: () => never): number[] {
    this.begin();
    this.scanHot(values, images, width, tooMany);
    return this.hits.slice(0, this.numHits);
  }

  list(...images: number[][]): number[] {
    this.begin();
    for (const classes of images) this.scanList(classes, 0, classes.length);
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

test('many values are read in pairs if aligned, with the same result', (t) => {
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

test('a pair of values that is not zero is inspected, whatever its bits', (t) => {
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

test('a second class of one image is rejected if not allowed, also two pairs later', (t) => {
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

test('two views of one buffer are distinguished, and so are zeros up to the last value', (t) => {
  const scanner = new Scanner(WIDTH);
  const both = new Float32Array(2 * 1400);
  both[1400 + 3] = 1;
  t.deepEqual(scanner.hot(both.subarray(0, 1400), 200, WIDTH), []);
  t.deepEqual(scanner.hot(both.subarray(1400), 200, WIDTH), [3]);
  both.fill(0);
  both[1400 + 1399] = 1;
  t.deepEqual(scanner.hot(both.subarray(1400), 200, WIDTH), [6]);
});

test('a shorter view from the same start ends where it ends, also in the middle of a pair', (t) => {
  const scanner = new Scanner(WIDTH);
  const values = new Float32Array(IMAGES * WIDTH + 1);
  const all = IMAGES * WIDTH;
  for (const images of [IMAGES, IMAGES - 1, IMAGES - 2, IMAGES]) {
    t.deepEqual(scanner.hot(values.subarray(0, images * WIDTH), images, WIDTH), [], `${images} images`);
  }
  // What lies after the view would be refused.
  values[all] = 3;
  t.deepEqual(scanner.hot(values.subarray(0, all), IMAGES, WIDTH), []);
});

test('the first class of any image is not a second one', (t) => {
  const tooMany = () => {
    throw new Error('too many');
  };
  t.deepEqual(new Scanner(2).hot([0, 0, 1, 0, 0, 1], 3, 2, tooMany), [0, 1]);
  t.throws(() => new Scanner(2).hot([1, 1, 0, 0], 2, 2, tooMany), {message: 'too many'});
});

test('a list counts a class once for its image; ignored and background count nothing', (t) => {
  const scanner = new Scanner(3, 255);
  t.deepEqual(scanner.hits, []);
  t.deepEqual(scanner.list([1, 2, 1], [1, 255, 3], [], [0, 0]), [1, 2, 1, 0]);
  t.is(scanner.numImages, 4);
  t.deepEqual(scanner.list([0]), [0]);
  t.is(scanner.numImages, 1);
  for (const wrong of [4, -1, 0.5, Number.NaN]) {
    t.throws(() => scanner.list([1, wrong]), {
      name: 'ValueError',
      message: `Expected \`labels\` to be integers from 0 to 2, or 3 for background. Received: ${wrong}`,
    });
  }
});

test('the background column of C + 1 values is not a class', (t) => {
  t.deepEqual(new Scanner(2).hot([0, 0, 1, 0, 1, 0], 2, 3), [1]);
});

test('ignored integers are not images; those of one class are 0 and 1', (t) => {
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
