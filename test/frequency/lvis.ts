import {readFileSync} from 'node:fs';
import {join} from 'node:path';

export interface LvisCategory {
  image_count: number;
  frequency: 'r' | 'c' | 'f';
}

const FILE = join(__dirname, '../fixtures/lvis_v05_image_counts.json');

/** The categories of LVIS v0.5 train. */
export function lvisCategories(): LvisCategory[] {
  const {categories} = JSON.parse(readFileSync(FILE, 'utf8')) as {
    categories: [number, LvisCategory['frequency']][];
  };
  return categories.map(([image_count, frequency]) => ({image_count, frequency}));
}
