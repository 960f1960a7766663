import type {SavedRun} from './protocol';

const KEY = 'tfjs-longtail-demo';

/** The record made when the models were saved, in this visit or an earlier one. */
export function savedRun(): SavedRun | undefined {
  const text = localStorage.getItem(KEY);
  return text === null ? undefined : JSON.parse(text);
}

export function keepRun(run: SavedRun): void {
  localStorage.setItem(KEY, JSON.stringify(run));
}
