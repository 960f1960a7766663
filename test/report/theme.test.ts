import test from 'ava';
import {SERIES, seriesStyle} from '../../src/report/theme';

type Vector = [number, number, number];

/** Simulations of color blindness by Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB. */
const READERS: Record<string, Vector[]> = {
  everyone: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
const XYZ: Vector[] = [
  [0.4124, 0.3576, 0.1805],
  [0.2126, 0.7152, 0.0722],
  [0.0193, 0.1192, 0.9505],
];

const times = (matrix: Vector[], v: Vector) =>
  matrix.map((row) => row.reduce((sum, x, i) => sum + x * v[i], 0)) as Vector;

function linear(hex: string): Vector {
  return [1, 3, 5].map((i) => {
    const c = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as Vector;
}

function lab(rgb: Vector): Vector {
  const white = [0.9505, 1, 1.089];
  const clipped = rgb.map((c) => Math.min(1, Math.max(0, c))) as Vector;
  const [x, y, z] = times(XYZ, clipped).map((v, i) => {
    const share = v / white[i];
    return share > 0.008856 ? Math.cbrt(share) : 7.787 * share + 16 / 116;
  });
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

test('eight series differ for every reader by at least 12 in CIELAB', (t) => {
  t.is(new Set(SERIES).size, 8);
  for (const [reader, matrix] of Object.entries(READERS)) {
    const seen = SERIES.map((hex) => lab(times(matrix, linear(hex))));
    seen.forEach((a, i) => {
      for (const [j, b] of seen.slice(0, i).entries()) {
        t.true(
          Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]) >= 12,
          `${reader}: ${SERIES[i]}, ${SERIES[j]}`,
        );
      }
    });
  }
});

test('each series stands out on white and on dark backgrounds', (t) => {
  const luminance = (hex: string) => times(XYZ, linear(hex))[1];
  for (const hex of SERIES) {
    t.true(1.05 / (luminance(hex) + 0.05) > 2, hex);
    t.true((luminance(hex) + 0.05) / (luminance('#111111') + 0.05) > 2, hex);
  }
});

test('more than two series also differ in their symbols', (t) => {
  t.deepEqual(
    [0, 1].map((i) => seriesStyle(i, 2).symbol),
    ['circle', 'circle'],
  );
  t.is(new Set(Array.from({length: 7}, (_, i) => seriesStyle(i, 8).symbol)).size, 7);
});
