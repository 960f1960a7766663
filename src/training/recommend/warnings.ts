import {type FrequencyInfo, frequenciesOf, isCounted, namesOf} from '../../frequency';
import type {RecommendedTask} from './recommendation';

/** Fewer images than this say little about a class. */
const FEW = 10;
const SHOWN = 10;

/** Describes problems of the data that no loss can solve. */
export function warningsAbout(freqInfo: FrequencyInfo, task: RecommendedTask): string[] {
  const warnings: string[] = [];
  const frequencies = Array.from(frequenciesOf(freqInfo));
  const empty = frequencies.flatMap((f, j) => (f === 0 ? [j] : []));
  if (empty.length > 0) warnings.push(`No images of ${listed(empty, freqInfo)}: no loss can teach them.`);
  if (!isCounted(freqInfo)) {
    warnings.push(
      'Only frequencies are known, not the number of images: whether there are enough cannot be told.',
    );
    return warnings;
  }
  const counts = Array.from(freqInfo.imageCounts);
  const few = counts.flatMap((count, j) => (count > 0 && count < FEW ? [j] : []));
  if (few.length > 0) {
    warnings.push(
      `Fewer than ${FEW} images of ${listed(few, freqInfo)}: what a model makes of them varies from seed to seed. Compare means of ` +
        'several seeds, and begin with pretrained features.',
    );
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total < FEW * counts.length) {
    warnings.push(
      `Too few images: ${total} labels for ${counts.length} classes, fewer than ${FEW} each on average. More images, or ` +
        'pretrained features, will change more than the choice of a loss.',
    );
  }
  if (task === 'classification' && total > freqInfo.numImages) {
    warnings.push(
      'Some images hold several classes: set `multiLabel: true` unless the model sees one of them at a time.',
    );
  }
  if (task === 'classification' && total < freqInfo.numImages) {
    warnings.push('Some images hold no class: set `background: true`, or leave them out of training.');
  }
  return warnings;
}

function listed(classes: number[], freqInfo: FrequencyInfo): string {
  const names = namesOf(freqInfo);
  const shown = classes
    .slice(0, SHOWN)
    .map((j) => names?.[j] ?? j)
    .join(', ');
  const more = classes.length > SHOWN ? `, … (${classes.length} in all)` : '';
  return `${classes.length === 1 ? 'class' : 'classes'} ${shown}${more}`;
}
