import * as Plot from '@observablehq/plot';
import {type FrequencyInfo, frequenciesOf, tailRatio} from '../frequency';
import {count, decades} from './axis';
import {drawSvg} from './svg';
import {shorten} from './text';
import {COLORS, type Look, laidOut} from './theme';

const LONGEST_LABEL = 240;

export interface TailRatioCurveOptions extends Look {
  /** λ to mark on the curve, by the names they are marked with. */
  marks?: Readonly<Record<string, number>>;
}

/**
 * TR(λ), the share of the label mass that lies in classes below λ (the paper's equation 8), for every λ: a staircase
 * that rises by a class's share where λ passes its frequency.
 */
export function tailRatioCurve(freqInfo: FrequencyInfo, options: TailRatioCurveOptions = {}): string {
  const {setting = 'standalone', marks = {}} = options;
  const width = laidOut(options.width, 860);
  const steps = [...new Set(frequenciesOf(freqInfo))].filter((f) => f > 0).sort((a, b) => a - b);
  const marked = Object.entries(marks).map(([label, lambda]) => ({
    label: `${shorten(label, Math.min(LONGEST_LABEL, width / 3), 12)}: λ = ${count(Number(lambda.toPrecision(3)))}`,
    lambda,
    ratio: 100 * tailRatio(freqInfo, lambda),
  }));
  marked.sort((a, b) => a.lambda - b.lambda);
  const lambdas = marked.map(({lambda}) => lambda).filter((lambda) => lambda > 0);
  const domain = [Math.min(steps[0], ...lambdas) / 2, Math.max(steps[steps.length - 1], ...lambdas) * 2];
  // Just above a class's frequency the class is in the tail; up to and at it, it is not.
  const curve = [domain[0], ...steps, domain[1]].map((lambda, i) => ({
    lambda,
    ratio: i === 0 ? 0 : 100 * tailRatio(freqInfo, Math.min(lambda * (1 + 1e-9), domain[1])),
  }));
  const placeOf = (lambda: number) => Math.log(lambda / domain[0]) / Math.log(domain[1] / domain[0]);
  return drawSvg(
    {
      width,
      height: 340,
      marginTop: 30,
      marginLeft: 52,
      marginRight: 24,
      marginBottom: 46,
      ariaLabel: 'Share of the samples in classes rarer than λ, against λ',
      x: {
        type: 'log',
        label: 'λ',
        domain,
        grid: true,
        ticks: decades(domain[0], domain[1]),
        tickFormat: count,
      },
      y: {
        // The shares that come into question are small ones.
        type: 'sqrt',
        label: shorten(
          'tail ratio: share of the samples in classes below λ, % (square-root scale)',
          width - 30,
          12,
        ),
        grid: true,
        domain: [0, 100],
        ticks: [0, 1, 3, 10, 25, 50, 100],
      },
      marks: [
        Plot.line(curve, {x: 'lambda', y: 'ratio', curve: 'step-after', stroke: COLORS.eql, strokeWidth: 2}),
        Plot.ruleX(marked, {x: 'lambda', stroke: 'currentColor', strokeDasharray: '4,4'}),
        Plot.dot(marked, {x: 'lambda', y: 'ratio', fill: COLORS.baseline, r: 5, stroke: 'none'}),
        // To the left of their lines and one below the other, but the last one to the right if there is room.
        ...marked.map((mark, i) => {
          const toTheRight = i === marked.length - 1 && placeOf(mark.lambda) < 0.65;
          return Plot.text([mark], {
            x: 'lambda',
            frameAnchor: 'top',
            textAnchor: toTheRight ? 'start' : 'end',
            dx: toTheRight ? 6 : -6,
            dy: 8 + 34 * i,
            text: ({label, ratio}: typeof mark) => `${label}\n${ratio.toFixed(1)} % of the samples`,
            lineAnchor: 'top',
            fill: 'currentColor',
          });
        }),
      ],
    },
    setting,
  );
}
