import * as Plot from '@observablehq/plot';
import {estimate} from './estimate';
import type {ClassResult} from './results';

/** More classes than this are shown in bins. */
export const MOST_SINGLE_CLASSES = 40;
const MOST_BINS = 16;
const LEAST_CLASSES = 10;

/** Classes of similar frequency, and their mean recall. */
export interface RecallBin {
  /** Geometric mean of their numbers of training samples. */
  images: number;
  /** In percent. */
  recall: number;
  /** 95 % interval of the mean over classes. */
  low: number;
  high: number;
  title: string;
}

/** Bins of about equally many classes, rarest first, under one model. */
export function recallBins(results: readonly ClassResult[], model: string): RecallBin[] {
  const known = results.filter(({recall}) => !Number.isNaN(recall[model]));
  const sorted = known.sort((a, b) => a.images - b.images);
  if (sorted.length === 0) return [];
  const bins = Math.max(1, Math.min(MOST_BINS, Math.floor(sorted.length / LEAST_CLASSES)));
  return Array.from({length: bins}, (_, i) => {
    const at = (k: number) => Math.round((k * sorted.length) / bins);
    const members = sorted.slice(at(i), at(i + 1));
    const {mean, interval = [mean, mean]} = estimate(members.map(({recall}) => 100 * recall[model]));
    const images = Math.exp(estimate(members.map((member) => Math.log(member.images))).mean);
    const [least, most] = [members[0].images, members[members.length - 1].images];
    return {
      images,
      recall: mean,
      low: Math.max(0, interval[0]),
      high: Math.min(100, interval[1]),
      title: `${model}: ${members.length} classes of ${least} to ${most} samples, mean recall ${mean.toFixed(1)} %`,
    };
  });
}

/** Draws a line through the bins of one model, in a band of their means' intervals. */
export function binMarks(
  bins: readonly RecallBin[],
  {color, symbol}: {color: string; symbol: Plot.SymbolType},
): Plot.Markish[] {
  const at = {x: 'images', y: 'recall'};
  return [
    Plot.areaY(bins, {x: 'images', y1: 'low', y2: 'high', fill: color, fillOpacity: 0.15}),
    Plot.line(bins, {...at, stroke: color, strokeWidth: 2}),
    Plot.dot(bins, {...at, fill: color, symbol, r: 4, stroke: 'none', title: 'title'}),
  ];
}
