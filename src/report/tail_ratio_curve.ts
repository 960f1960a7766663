import * as Plot from '@observablehq/plot';
import {requireNumber} from '../core/require_number';
import {requireObject} from '../core/require_object';
import {type FrequencyInfo, frequenciesOf, tailRatio} from '../frequency';
import {count, decadesWithin} from './axis';
import {checkLook} from './check_look';
import {LEGEND_ROW, type LegendEntry, legend, legendRows} from './legend';
import {requireOccurring} from './require_occurring';
import {drawSvg} from './svg';
import {textWidth} from './text';
import {COLORS, type Look, laidOut, SERIES} from './theme';

/** Labels of the axis, longest first; the first that fits is used. */
const LABELS = [
  'tail ratio: share of the samples in classes below λ, % (square-root scale)',
  'samples in classes below λ, % (square-root scale)',
  'samples in classes below λ, %',
];

const MARGIN = {left: 52, right: 24};

export interface TailRatioCurveOptions extends Look {
  /** Values of λ to mark on the curve, by label. */
  marks?: Readonly<Record<string, number>>;
}

/**
 * Draws TR(λ), the share of the label mass in classes below λ (the paper's equation 8), for every λ: a staircase that
 * rises by a class's share where λ passes its frequency.
 *
 * @throws ValueError for invalid options and freqInfo, and if no class has an image.
 */
export function tailRatioCurve(freqInfo: FrequencyInfo, options: TailRatioCurveOptions = {}): string {
  checkLook('tailRatioCurve', options, ['marks']);
  const {setting = 'standalone', marks = {}} = options;
  for (const [name, lambda] of Object.entries(requireObject('marks', marks))) {
    requireNumber(`marks.${name}`, lambda, 0);
  }
  const frequencies = frequenciesOf(freqInfo);
  requireOccurring(frequencies);
  const width = laidOut(options.width, 860);
  const steps = [...new Set(frequencies)].filter((f) => f > 0).sort((a, b) => a - b);
  const marked = Object.entries(marks).map(([label, lambda]) => ({
    label,
    lambda,
    ratio: 100 * tailRatio(freqInfo, lambda),
  }));
  marked.sort((a, b) => a.lambda - b.lambda);
  const colors = marked.map((_, i) => SERIES[i % SERIES.length]);
  const said = width < 480 ? '%' : '% of the samples';
  const entries = marked.map(
    ({label, lambda, ratio}, i): LegendEntry => ({
      label,
      value: `: λ = ${count(Number(lambda.toPrecision(3)))}, ${ratio.toFixed(1)} ${said}`,
      color: colors[i],
    }),
  );
  const room = width - MARGIN.left - MARGIN.right;
  const more = LEGEND_ROW * legendRows(entries, room);
  const lambdas = marked.map(({lambda}) => lambda).filter((lambda) => lambda > 0);
  const domain = [Math.min(steps[0], ...lambdas) / 2, Math.max(steps[steps.length - 1], ...lambdas) * 2];
  // A class is in the tail just above its frequency, but not at it.
  const curve = [domain[0], ...steps, domain[1]].map((lambda, i) => ({
    lambda,
    ratio: i === 0 ? 0 : 100 * tailRatio(freqInfo, Math.min(lambda * (1 + 1e-9), domain[1])),
  }));
  return drawSvg(
    {
      width,
      height: 340 + more,
      marginTop: 30 + more,
      marginLeft: MARGIN.left,
      marginRight: MARGIN.right,
      marginBottom: 46,
      ariaLabel: 'Share of the samples in classes rarer than λ, against λ',
      x: {
        type: 'log',
        label: 'λ',
        domain,
        grid: true,
        ticks: decadesWithin(domain),
        tickFormat: count,
      },
      y: {
        // The relevant shares are small.
        type: 'sqrt',
        label: LABELS.find((label) => textWidth(label, 12) <= width - 30) ?? 'tail ratio',
        grid: true,
        domain: [0, 100],
        ticks: [0, 1, 3, 10, 25, 50, 100],
      },
      marks: [
        Plot.line(curve, {x: 'lambda', y: 'ratio', curve: 'step-after', stroke: COLORS.eql, strokeWidth: 2}),
        Plot.ruleX(marked, {x: 'lambda', stroke: 'currentColor', strokeDasharray: '4,4'}),
        ...marked.map((mark, i) =>
          Plot.dot([mark], {x: 'lambda', y: 'ratio', fill: colors[i], r: 5, stroke: 'none'}),
        ),
        ...legend(entries, room, 22),
      ],
    },
    setting,
  );
}
