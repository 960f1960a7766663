import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';

export interface LvisCategory {
  image_count: number;
  frequency: 'r' | 'c' | 'f';
}

const FILE = join(__dirname, '../../../shared/data/lvis_v05_category_counts.json');

/** The categories of LVIS v0.5 train; undefined in a clone without the shared data beside it. */
export function lvisCategories(): LvisCategory[] | undefined {
  return existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')).categories : undefined;
}
