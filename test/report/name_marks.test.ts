import test from 'ava';
import '../../src/report/linkedom_document';
import {nameMarks} from '../../src/report/name_marks';
import {drawSvg} from '../../src/report/svg';
import {readFigure} from '../helpers/figure';

const draw = (points: Parameters<typeof nameMarks>[0]) =>
  readFigure(
    drawSvg(
      {
        width: 300,
        height: 200,
        x: {domain: [0, 1], axis: null},
        y: {domain: [0, 1], axis: null},
        marks: [nameMarks(points, 4)],
      },
      'inline',
    ),
  ).texts;

test('places names beside their dots, truncating long ones', (t) => {
  const [short, long] = draw([
    {name: 'short', x: 0.2, ys: [0.5]},
    {name: 'a name that is much longer than there is room', x: 0.7, ys: [0.5]},
  ]);
  t.is(short, 'short');
  t.regex(long, /^a name that.*…$/);
});

test('leaves out names that would cover another or leave the picture', (t) => {
  const crowd = Array.from({length: 30}, (_, i) => ({name: `n${i}`, x: 0.5 + i / 1e3, ys: [0.5]}));
  const shown = draw(crowd);
  t.true(shown.length >= 1 && shown.length < 8, `${shown}`);
  t.deepEqual(
    draw([{name: 'wide enough to leave', x: 1, ys: [0.999]}]).length,
    1,
    'there is space to the left',
  );
});
