import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {
  type ClassResult,
  escapeHtml,
  historyFigure,
  htmlTable,
  type ModelComparisonRow,
  modelColumns,
  recallByFrequency,
  type Setting,
} from '../../src/report/on_node';
import {cropSheet, type JudgedCrop} from './crop_sheet';
import {balancedCrops} from './data/crop_set';
import {CROP_SIDE} from './data/crops';
import {type Experiment, MODELS} from './experiment';
import {svgToPng} from './png';
import {reportHtml} from './report_html';
import {groupAccuracies} from './scores';
import type {Predictions, TrainingResult} from './training_job';

const MOST_CROPS = 24;

export interface ReportInput {
  experiment: Experiment;
  baseline: TrainingResult;
  eql: TrainingResult;
  results: ClassResult[];
  comparison: ModelComparisonRow[];
  lambda: number;
  lead: string;
  /** The checks that the reloaded model passed. */
  reload: string[];
  footer: string;
}

/** Writes the pictures, the numbers and a page with all of them; returns the file names. */
export function writeReport(out: string, input: ReportInput): string[] {
  const {experiment, results, comparison, lambda} = input;
  mkdirSync(out, {recursive: true});
  const threshold = lambda * experiment.freqInfo.numImages;
  const won = judgedCrops(input, 'won');
  const lost = judgedCrops(input, 'lost');
  const curves = historyFigureOf(input);
  const pictures: Record<string, (setting: Setting) => string> = {
    'recall-by-frequency': (setting) => recallByFrequency(results, {setting, threshold, detail: 'classes'}),
    'accuracy-by-epoch': (setting) => historyFigure(curves, {setting}),
    ...(won.length > 0 && {'crops-won': (setting: Setting) => cropSheet(won, setting)}),
    ...(lost.length > 0 && {'crops-lost': (setting: Setting) => cropSheet(lost, setting)}),
  };
  const files: string[] = [];
  const write = (name: string, content: string | Buffer) => {
    writeFileSync(join(out, name), content);
    files.push(name);
  };
  for (const [name, draw] of Object.entries(pictures)) {
    const svg = draw('standalone');
    write(`${name}.svg`, svg);
    write(`${name}.png`, svgToPng(svg));
  }
  write('results.json', `${JSON.stringify({lambda, comparison, classes: results}, null, 2)}\n`);
  const inline = (name: string) => pictures[name]?.('inline') ?? '<p>None.</p>';
  const sections = [
    {
      heading: 'Accuracy by frequency group',
      text: 'Share of each group’s test crops that are read correctly, in percent; differences in points.',
      content: htmlTable(
        comparison,
        modelColumns(Object.values(MODELS)),
        'rare: 1–10 training samples, common: 11–100, frequent: more',
      ),
    },
    {
      heading: 'Accuracy by epoch',
      text: 'On validation crops, which no other picture or table uses.',
      content: inline('accuracy-by-epoch'),
    },
    {
      heading: 'Recall of every character',
      text: 'Each column of dots is a character.',
      content: inline('recall-by-frequency'),
    },
    {
      heading: 'What EQL gets right now',
      text: 'Test crops that cross entropy misreads and EQL reads correctly, rarest characters first.',
      content: inline('crops-won'),
    },
    {
      heading: 'What EQL gets wrong now',
      text: 'Test crops that cross entropy reads correctly and EQL misreads, rarest characters first.',
      content: inline('crops-lost'),
    },
    {
      heading: 'Saved, loaded, trained on',
      text: 'The EQL model was saved, loaded back with tf.loadLayersModel, and checked:',
      content: `<ul>${input.reload.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>`,
    },
  ];
  write('report.html', reportHtml('The rare characters of Moby-Dick', input.lead, sections, input.footer));
  return files;
}

/** Each model's accuracy by group on the validation crops, epoch by epoch. */
function historyFigureOf({experiment, baseline, eql}: ReportInput) {
  const {labels} = balancedCrops('validation');
  const historyOf = ({validation}: Predictions) => {
    const epochs = validation.map((predicted) => groupAccuracies(experiment.freqInfo, labels, predicted));
    const groups = Object.keys(epochs[0]);
    return Object.fromEntries(groups.map((group) => [`${group}, %`, epochs.map((epoch) => epoch[group])]));
  };
  return {
    [MODELS.baseline]: historyOf(baseline.predicted.plain),
    [MODELS.eql]: historyOf(eql.predicted.plain),
    [MODELS.adjusted]: historyOf(baseline.predicted.adjusted),
  };
}

/**
 * Crops that only EQL (won) or only cross entropy (lost) reads correctly: rarest classes first, at most three per class.
 */
function judgedCrops({experiment, baseline, eql, results}: ReportInput, which: 'won' | 'lost'): JudgedCrop[] {
  const {images, labels, classes} = experiment.test;
  const [plain, spared] = [baseline.predicted.plain.test, eql.predicted.plain.test];
  const [right, wrong] = which === 'won' ? [spared, plain] : [plain, spared];
  const shown = new Map<number, number>();
  const rows = Array.from(labels.keys())
    .filter((row) => right[row] === labels[row] && wrong[row] !== labels[row])
    .sort((a, b) => results[labels[a]].images - results[labels[b]].images || a - b)
    .filter((row) => {
      const times = shown.get(labels[row]) ?? 0;
      shown.set(labels[row], times + 1);
      return times < 3;
    });
  return rows.slice(0, MOST_CROPS).map((row) => ({
    pixels: images.subarray(row * CROP_SIDE ** 2, (row + 1) * CROP_SIDE ** 2),
    actual: classes[labels[row]],
    baseline: classes[plain[row]],
    eql: classes[spared[row]],
  }));
}
