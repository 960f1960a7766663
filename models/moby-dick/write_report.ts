import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {
  type ClassResult,
  type ComparisonRow,
  comparisonColumns,
  escapeHtml,
  htmlTable,
  recallByFrequency,
} from '../../src/report';
import {cropSheet, type JudgedCrop} from './crop_sheet';
import {CROP_SIDE} from './data/crops';
import type {Experiment} from './experiment';
import {svgToPng} from './png';
import {reportHtml} from './report_html';
import type {TrainingResult} from './training_job';

const MOST_CROPS = 32;

export interface ReportInput {
  experiment: Experiment;
  baseline: TrainingResult;
  eql: TrainingResult;
  results: ClassResult[];
  comparison: ComparisonRow[];
  lambda: number;
  lead: string;
  /** What the reloaded model was checked for. */
  reload: string[];
  footer: string;
}

/** Writes the pictures, the numbers and a page that holds them all; returns the files' names. */
export function writeReport(out: string, input: ReportInput): string[] {
  const {experiment, results, comparison, lambda} = input;
  mkdirSync(out, {recursive: true});
  const threshold = lambda * experiment.freqInfo.numImages;
  const mended = mendedCrops(input);
  const pictures = {
    'recall-by-frequency': (setting: 'standalone' | 'inline') =>
      recallByFrequency(results, {setting, threshold}),
    'mended-crops': (setting: 'standalone' | 'inline') => cropSheet(mended, setting),
  };
  const files: string[] = [];
  const write = (name: string, content: string | Buffer) => {
    writeFileSync(join(out, name), content);
    files.push(name);
  };
  for (const [name, draw] of Object.entries(pictures)) {
    if (name === 'mended-crops' && mended.length === 0) continue;
    const svg = draw('standalone');
    write(`${name}.svg`, svg);
    write(`${name}.png`, svgToPng(svg));
  }
  write('results.json', `${JSON.stringify({lambda, comparison, classes: results}, null, 2)}\n`);
  const sections = [
    {
      heading: 'Accuracy by frequency group',
      text: 'Share of the test crops of each group that are read right, in percent; differences in points.',
      content: htmlTable(
        comparison,
        comparisonColumns,
        'rare: 1–10 training samples, common: 11–100, frequent: more',
      ),
    },
    {
      heading: 'Recall of every character',
      text: 'Each pair of dots is a character: orange under sigmoid cross entropy, blue under EQL.',
      content: pictures['recall-by-frequency']('inline'),
    },
    {
      heading: 'What EQL gets right now',
      text: 'Test crops that cross entropy misreads and EQL reads, those of the rarest characters first.',
      content: mended.length > 0 ? pictures['mended-crops']('inline') : '',
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

/** Crops that only EQL reads, the rarest classes first, no class more than four times. */
function mendedCrops({experiment, baseline, eql, results}: ReportInput): JudgedCrop[] {
  const {images, labels, classes} = experiment.test;
  const shown = new Map<number, number>();
  const rows = Array.from(labels.keys())
    .filter(
      (row) =>
        eql.predicted.plain.test[row] === labels[row] && baseline.predicted.plain.test[row] !== labels[row],
    )
    .sort((a, b) => results[labels[a]].images - results[labels[b]].images || a - b)
    .filter((row) => {
      const times = shown.get(labels[row]) ?? 0;
      shown.set(labels[row], times + 1);
      return times < 4;
    });
  return rows.slice(0, MOST_CROPS).map((row) => ({
    pixels: images.subarray(row * CROP_SIDE ** 2, (row + 1) * CROP_SIDE ** 2),
    actual: classes[labels[row]],
    baseline: classes[baseline.predicted.plain.test[row]],
    eql: classes[eql.predicted.plain.test[row]],
  }));
}
