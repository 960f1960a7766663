import {createCanvas, GlobalFonts} from '@napi-rs/canvas';
import test from 'ava';
import fc from 'fast-check';
import {onOneLine, printable, shorten, textWidth} from '../../src/report/text';

GlobalFonts.registerFromPath(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'), 'measured');

test("estimates no width much below a canvas's measurement, nor more than half above it", (t) => {
  const pen = createCanvas(1, 1).getContext('2d');
  pen.font = '12px measured';
  const texts = [
    'cross entropy',
    'EQL',
    'remote control',
    'Перец',
    'WWW',
    'illicit',
    'Équalisation',
    '0123456789',
  ];
  for (const text of texts) {
    const share = textWidth(text, 12) / pen.measureText(text).width;
    t.true(share > 0.95 && share < 1.5, `${text}: ${share}`);
  }
});

test('East Asian characters take a square, combining marks nothing', (t) => {
  t.true(textWidth('犬小屋', 10) >= 30);
  t.is(textWidth('e\u0301', 10), textWidth('e', 10));
});

test('property: a shortened text fits, and is unchanged if it already fits', (t) => {
  fc.assert(
    fc.property(
      fc.string({unit: 'grapheme', maxLength: 40}),
      fc.integer({min: 14, max: 200}),
      (text, most) => {
        const line = printable(text).replace(/\s+/g, ' ').trim();
        const short = shorten(text, most, 12);
        t.true(textWidth(short, 12) <= most);
        if (textWidth(line, 12) <= most) t.is(short, line);
        else t.true(short.endsWith('…') && line.startsWith(short.slice(0, -1)));
      },
    ),
  );
});

test('replaces characters that XML forbids', (t) => {
  t.is(printable('a\u0000b\ud800c\ufffe\t😀'), 'a\ufffdb\ufffdc\ufffd\t😀');
});

test('escapes exactly the characters that would break a line', (t) => {
  t.is(onOneLine('a\nb\r\tc'), 'a\\nb\\r\\tc');
  t.is(onOneLine('\u001b[31mred\u007f\u0085\u2028'), '\\x1b[31mred\\x7f\\x85\\u2028');
  for (const text of ['', 'plain', '犬 λ — 👩‍👩‍👧', '\\n']) t.is(onOneLine(text), text);
});
