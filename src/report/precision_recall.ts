import * as Plot from '@observablehq/plot';
import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {reject, show} from '../core/errors';
import {countedTotals} from '../core/metric';
import {type Fields, requireRecords} from '../core/require_fields';
import {requireString} from '../core/require_string';
import {type FrequencyInfo, frequencyGroups, type GroupBounds} from '../frequency';
import {AveragePrecision} from '../metrics/average_precision';
import type {Activation} from '../metrics/score_rows';
import type {LabeledData} from '../training/frozen_features';
import {requireScores} from './check_batch';
import {checkLook} from './check_look';
import {checkJudgeOptions, type JudgeOptions} from './judge_options';
import {type Models, namedModels} from './judged_batches';
import {judgedMetrics} from './judged_metrics';
import {legendPlot} from './legend';
import {linePanel} from './line_panel';
import {type PrecisionRecallPoint, pooledCurve} from './pooled_curve';
import {requireShare, requireShareOrNaN} from './require_share';
import {drawPanels} from './svg';
import {shorten} from './text';
import {type Look, laidOut, seriesStyle} from './theme';

/** Options of `precisionRecall`. */
export interface PrecisionRecallOptions extends JudgeOptions {
  /** Source of the classes' image counts. Default: none; all classes form one group. */
  freqInfo?: FrequencyInfo;
  /** Bounds of the groups. Default: those of LVIS. */
  bounds?: GroupBounds;
  /** Activation to apply to logits. Default: that of a LayersModel's loss; else softmax, sigmoid for one logit. */
  activation?: Activation;
}

/** A model's curve for the classes of a group. */
export interface GroupCurve {
  /** The group, `'all classes'` without groups. */
  group: string;
  /** Mean over its classes that occur; NaN if none does. */
  averagePrecision: number;
  /** Points for all pairs of a sample and a class of the group together, from the highest score down; at most 200. */
  points: PrecisionRecallPoint[];
}

/** A model's curves. */
export interface ModelCurves {
  /** The model's name. */
  name: string;
  /** The curve of each group. */
  groups: GroupCurve[];
}

/**
 * Computes precision against recall of models over a whole dataset, by frequency group.
 *
 * @throws ValueError for invalid options, data without a batch, invalid labels and NaN scores.
 */
export async function precisionRecall(
  models: Models,
  data: LabeledData,
  options: PrecisionRecallOptions = {},
): Promise<ModelCurves[]> {
  checkJudgeOptions('precisionRecall', options, ['freqInfo', 'bounds', 'activation']);
  const named = namedModels(models);
  const make = () => new AveragePrecision({activation: options.activation});
  return judgedMetrics(named, data, options, make, (metric, name) => modelCurves(name, metric, options));
}

function modelCurves(
  name: string,
  metric: AveragePrecision,
  {freqInfo, bounds}: PrecisionRecallOptions,
): ModelCurves {
  const ofClasses = metric.perClass();
  const all = {
    names: ['all classes'],
    classes: {'all classes': [...ofClasses.keys()]} as Record<string, number[]>,
  };
  const groups = freqInfo === undefined ? all : frequencyGroups(freqInfo, bounds);
  const members = groups.names.map((group) => groups.classes[group]);
  if (members.flat().length !== ofClasses.length) {
    reject('freqInfo', `about ${ofClasses.length} classes, as the predictions`, members.flat().length);
  }
  const curves: PrecisionRecallPoint[][] = [];
  tfc.tidy(() => {
    const rows = (countedTotals(metric) as Tensor[]).map((total) => total.dataSync());
    const [scores, , counted] = rows;
    requireScores(scores, ofClasses.length, counted);
    for (const classes of members) curves.push(pooledCurve(rows, classes, ofClasses.length));
  });
  return {
    name,
    groups: groups.names.map((group, g) => ({
      group,
      averagePrecision: mean(members[g].map((j) => ofClasses[j]).filter((value) => !Number.isNaN(value))),
      points: curves[g],
    })),
  };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const WIDTH = 290;
const COLUMNS = 3;
const MARGINS = {top: 30, right: 14, bottom: 46, left: 48};
const GROUP: Fields = {
  group: requireString,
  averagePrecision: requireShareOrNaN,
  points: (path, value) => requireRecords(path, value, {recall: requireShare, precision: requireShare}, 0),
};
const CURVES: Fields = {name: requireString, groups: (path, value) => requireRecords(path, value, GROUP)};

/**
 * Draws precision against recall: a panel per group, a line per model.
 *
 * @throws ValueError for anything but the result of `precisionRecall`, for no model, and for models with different
 *   groups.
 */
export function precisionRecallCurves(models: readonly ModelCurves[], look: Look = {}): string {
  checkLook('precisionRecallCurves', look);
  const {setting = 'standalone'} = look;
  requireRecords('models', models, CURVES);
  const groups = models[0].groups.map(({group}) => group);
  for (const [i, {groups: of}] of models.entries()) {
    const own = of.map(({group}) => group);
    if (own.length !== groups.length || own.some((group, g) => group !== groups[g])) {
      reject(`models[${i}].groups`, `those of the first model, ${show(groups)}`, own);
    }
  }
  const all = laidOut(look.width, COLUMNS * WIDTH);
  const columns = Math.max(1, Math.min(groups.length, COLUMNS, Math.floor(all / 240)));
  const wide = Math.min(look.width === undefined ? WIDTH : 360, Math.floor(all / columns));
  const entries = models.map(({name}, i) => ({
    label: name,
    color: seriesStyle(i, models.length).color,
    line: 'solid' as const,
  }));
  const width = columns * wide - MARGINS.left - MARGINS.right;
  const percent = (of: readonly PrecisionRecallPoint[]) =>
    of.map(({recall, precision}) => ({x: 100 * recall, y: 100 * precision}));
  const axis = {domain: [0, 100], grid: true, ticks: 5};
  const panels = groups.map((group, g): Plot.PlotOptions => {
    const score = models.map(({groups: of}) => (100 * of[g].averagePrecision).toFixed(0)).join(', ');
    const known = models.every(({groups: of}) => of[g].points.length === 0) ? 'no samples' : `AP ${score} %`;
    return linePanel({
      series: models.map((model, i) => ({
        color: seriesStyle(i, models.length).color,
        points: percent(model.groups[g].points),
      })),
      dots: 'none',
      width: wide,
      height: 260,
      margins: MARGINS,
      x: {...axis, label: shorten(`recall of ${group}, %`, wide - MARGINS.left - 30, 12)},
      y: {...axis, label: g % columns === 0 ? 'precision, %' : null},
      marks: [
        Plot.text([known], {
          frameAnchor: 'bottom-left',
          textAnchor: 'start',
          dx: 6,
          dy: -8,
          text: () => shorten(known, wide - MARGINS.left - 30, 12),
          fill: 'currentColor',
        }),
      ],
    });
  });
  return drawPanels(panels, setting, {
    ariaLabel: `Precision against recall of ${groups.join(', ')}, under ${models.map(({name}) => name).join(', ')}`,
    columns,
    header: legendPlot(entries, width, MARGINS.left),
  });
}
