import {statSync} from 'node:fs';
import {reject} from '../../../core/errors';
import type {Annotations} from '../../../detection/evaluation/formats';
import {readRecords} from '../../json/read_records';
import {AnnotationCollector, type CollectedAnnotations} from './annotation_collector';

const KEYS = ['images', 'categories', 'annotations'] as const;

/**
 * Reads an LVIS or COCO annotation file record by record, or takes its parsed content.
 *
 * @param needsBoxes Whether annotations must have a bbox.
 * @throws ValueError (rejects) if the file does not exist or is not JSON; naming the path of a missing or wrong value.
 */
export async function readAnnotations(
  annotations: string | Annotations,
  needsBoxes: boolean,
): Promise<CollectedAnnotations> {
  const collector = new AnnotationCollector(needsBoxes);
  if (typeof annotations === 'string') {
    if (!statSync(annotations, {throwIfNoEntry: false})?.isFile()) {
      reject('annotations', 'the path of a file that exists', annotations);
    }
    await readRecords(annotations, collector);
    return collector.finish();
  }
  if (typeof annotations !== 'object' || annotations === null) {
    reject('annotations', 'the path of an annotation file, or one parsed', annotations);
  }
  for (const key of KEYS) {
    const records: readonly unknown[] = annotations[key];
    if (records === undefined) continue;
    collector.key(key, Array.isArray(records));
    records.forEach((record, i) => {
      collector.record(record, i);
    });
  }
  return collector.finish();
}
