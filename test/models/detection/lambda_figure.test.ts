import '@tensorflow/tfjs';
import test from 'ava';
import {contendersOf} from '../../../models/detection/contender';
import {lambdaFigure} from '../../../models/detection/lambda_figure';
import {summarize} from '../../../models/detection/summary';

test('a line for each group over the λ of the sweep', (t) => {
  const contenders = contendersOf(['sigmoid', 'eql'], '0.001,0.003,0.01');
  const outcomes = [0.1, 0.12, 0.13, 0.11].map((AP) => [
    {summary: {AP, AP50: AP, APr: AP, APc: AP, APf: AP}},
  ]);
  const svg = lambdaFigure(summarize(contenders, outcomes));
  for (const text of ['λ', 'points above sigmoid', 'APr', 'APc', 'APf']) t.true(svg.includes(text), text);
});
