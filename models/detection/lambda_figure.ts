import {sweepFigure} from '../../src/report/on_node';
import type {Setting} from '../../src/report/theme';
import type {Summary} from './summary';

const SHOWN = ['APr', 'APc', 'APf', 'AP'];

/** Draws differences in average precision from the first contender over λ, for contenders that have a λ. */
export function lambdaFigure(rows: readonly Summary[], setting: Setting = 'standalone'): string {
  const points = rows.flatMap(({lambda, scores}) => {
    if (lambda === undefined) return [];
    const results = SHOWN.map((name) => {
      const {difference: mean, interval: half} = scores[name];
      return [name, half === undefined ? {mean} : {mean, interval: [mean - half, mean + half] as const}];
    });
    return [{value: lambda, results: Object.fromEntries(results)}];
  });
  const label = `points above ${rows[0].title}`;
  return sweepFigure(points, {parameter: 'λ', label, width: 760, setting});
}
