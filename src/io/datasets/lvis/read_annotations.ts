import {statSync} from 'node:fs';
import {reject} from '../../../core/errors';
import type {Annotations} from '../../../detection/evaluation/formats';
import {readRecords} from '../../json/read_records';
import {AnnotationCollector, type CollectedAnnotations} from './annotation_collector';

const KEYS = ['images', 'categories', 'annotations'] as const;

/**
 * Reads an annotation file of LVIS or COCO record by record, or takes one that is parsed.
 *
 * @param needsBoxes Whether annotations must have a bbox.
 * @throws ValueError (rejects) where there is no such file, it is no JSON, and naming the path of what is missing or wrong in it.
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
