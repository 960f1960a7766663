import * as Plot from '@observablehq/plot';
import * as tfc from '@tensorflow/tfjs-core';
import {reject} from '../core/errors';
import {countedTotals} from '../core/metric';
import {type Fields, requireRecords} from '../core/require_fields';
import {requireNumber} from '../core/require_number';
import {requireString} from '../core/require_string';
import {ExpectedCalibrationError} from '../metrics/expected_calibration_error';
import type {Activation} from '../metrics/score_rows';
import type {LabeledData} from '../training/frozen_features';
import {requireScores} from './check_batch';
import {checkLook} from './check_look';
import {checkJudgeOptions, type JudgeOptions} from './judge_options';
import {type Models, namedModels} from './judged_batches';
import {judgedMetrics} from './judged_metrics';
import {LEGEND_ROW, legend, legendRows} from './legend';
import {requireShare, requireShareOrNaN} from './require_share';
import {drawSvg} from './svg';
import {type Look, laidOut, seriesStyle} from './theme';

/** Options of `calibration`; see `ExpectedCalibrationError`. */
export interface CalibrationReportOptions extends JudgeOptions {
  /** Bins of equal width over 0 … 1. Default: 15. */
  bins?: number;
  /** Activation to apply to logits. Default: that of a LayersModel's loss; else softmax, sigmoid for one logit. */
  activation?: Activation;
}

/** Samples of similar confidence. */
export interface CalibrationBin {
  /** Their mean confidence. */
  confidence: number;
  /** Share of them that is classified correctly. */
  accuracy: number;
  /** Number of samples. */
  samples: number;
}

/** A model's calibration. */
export interface ModelCalibration {
  /** The model's name. */
  name: string;
  /** Nonempty bins, by confidence. */
  bins: CalibrationBin[];
  /** The expected calibration error. */
  error: number;
}

/**
 * Computes models' accuracy by confidence over a whole dataset.
 *
 * @throws ValueError for invalid options, data without a batch, invalid labels and NaN scores.
 */
export async function calibration(
  models: Models,
  data: LabeledData,
  options: CalibrationReportOptions = {},
): Promise<ModelCalibration[]> {
  checkJudgeOptions('calibration', options, ['bins', 'activation']);
  const named = namedModels(models);
  const {bins, activation} = options;
  const make = () => new ExpectedCalibrationError({bins, activation});
  return judgedMetrics(named, data, options, make, (metric, name) => modelCalibration(name, metric));
}

function modelCalibration(name: string, metric: ExpectedCalibrationError): ModelCalibration {
  let counts: number[][] = [];
  tfc.tidy(() => {
    counts = (countedTotals(metric) ?? []).map((total) => Array.from(total.dataSync()));
  });
  const [samples, right, confidence] = counts;
  requireScores(samples);
  const all = samples.map((n, bin) => ({
    confidence: confidence[bin] / n,
    accuracy: right[bin] / n,
    samples: n,
  }));
  return {name, bins: all.filter((bin) => bin.samples > 0), error: metric.value()};
}

const WIDTH = 440;
const MARGIN = {left: 52, right: 20};
const BIN: Fields = {
  confidence: requireShare,
  accuracy: requireShare,
  samples: (path, value) => requireNumber(path, value, Number.MIN_VALUE),
};
const CALIBRATION: Fields = {
  name: requireString,
  bins: (path, value) => requireRecords(path, value, BIN, 0),
  error: requireShareOrNaN,
};

/**
 * Draws accuracy against confidence: on the dashed line a model is calibrated, below it overconfident. A dot's area is
 * its share of the samples.
 *
 * @throws ValueError for anything but the result of `calibration`, and if no model has a sample.
 */
export function reliabilityDiagram(models: readonly ModelCalibration[], look: Look = {}): string {
  checkLook('reliabilityDiagram', look);
  const {setting = 'standalone'} = look;
  requireRecords('models', models, CALIBRATION);
  if (!models.some(({bins}) => bins.length > 0))
    reject('models', 'calibrations of at least one sample', models);
  const wide = laidOut(look.width, WIDTH);
  const styles = models.map((_, i) => seriesStyle(i, models.length));
  const entries = models.map(({name, error}, i) => ({
    label: name,
    value: ` (error ${(100 * error).toFixed(1)} %)`,
    ...styles[i],
  }));
  const width = wide - MARGIN.left - MARGIN.right;
  const marginTop = 52 + LEGEND_ROW * Math.max(0, legendRows(entries, width) - 1);
  const marks = models.flatMap(({name, bins}, i) => {
    const total = bins.reduce((sum, {samples}) => sum + samples, 0);
    const points = bins.map(({confidence, accuracy, samples}) => ({
      x: 100 * confidence,
      y: 100 * accuracy,
      r: 2.5 + 9 * Math.sqrt(samples / total),
      title: `${name}: ${samples.toLocaleString('en')} samples, ${(100 * confidence).toFixed(1)} % sure, ${(100 * accuracy).toFixed(1)} % right`,
    }));
    const {color, symbol} = styles[i];
    return [
      Plot.line(points, {x: 'x', y: 'y', stroke: color, strokeWidth: 2}),
      ...points.map((point) =>
        Plot.dot([point], {
          x: 'x',
          y: 'y',
          r: point.r,
          fill: color,
          fillOpacity: 0.7,
          symbol,
          stroke: 'none',
          title: 'title',
        }),
      ),
    ];
  });
  const axis = {domain: [0, 100], grid: true, ticks: 5};
  return drawSvg(
    {
      width: wide,
      height: width + marginTop + 46,
      marginTop,
      marginLeft: MARGIN.left,
      marginRight: MARGIN.right,
      marginBottom: 46,
      ariaLabel: `How often ${models.map(({name}) => name).join(', ')} are right, by how sure they are`,
      x: {...axis, label: 'confidence, %'},
      y: {...axis, label: 'accuracy, %'},
      marks: [
        Plot.line(
          [
            [0, 0],
            [100, 100],
          ],
          {stroke: 'currentColor', strokeOpacity: 0.6, strokeDasharray: '4,4'},
        ),
        ...marks,
        ...legend(entries, width),
      ],
    },
    setting,
  );
}
