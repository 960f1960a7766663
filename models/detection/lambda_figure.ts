import {sweepFigure} from '../../src/report/on_node';
import type {Setting} from '../../src/report/theme';
import type {Summary} from './summary';

const SHOWN = ['APr', 'APc', 'APf', 'AP'];

/** Differences of average precision from the first contender over λ, for those that have one. */
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
