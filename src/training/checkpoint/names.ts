import type {CheckpointStore} from '../../core/checkpoint_store';

const NAME = /^checkpoint-(\d{6,})-epoch-\d+(?:-batch-\d+)?$/;
const DIGITS = 6;

/** Names a checkpoint by its number in the store, the completed epochs, and the batches of the next one. */
export function nameOf(serial: number, epoch: number, batch: number): string {
  const inEpoch = batch > 0 ? `-batch-${batch}` : '';
  return `checkpoint-${String(serial).padStart(DIGITS, '0')}-epoch-${epoch}${inEpoch}`;
}

/** The number of a checkpoint, or undefined for other names. */
export function serialOf(name: string): number | undefined {
  const [, serial] = NAME.exec(name) ?? [];
  return serial === undefined ? undefined : Number(serial);
}

/** Lists the names of a store's checkpoints, newest first. */
export async function newestFirst(store: CheckpointStore): Promise<string[]> {
  const names = (await store.list()).filter((name) => serialOf(name) !== undefined);
  return names.sort((a, b) => (serialOf(b) as number) - (serialOf(a) as number));
}
