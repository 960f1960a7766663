import type {HostLabels} from '../../../labels/host_labels';

/** Memory layouts of labels; the numbers are those of assembly/labels.ts. */
export const LABEL_KINDS = {index: 0, float: 1, int: 2, byte: 3} as const;

/** The layout of labels in memory; integer labels are read as int32, whatever their dtype was. */
export function labelKind({form, values}: HostLabels): number {
  if (form === 'index') return LABEL_KINDS.index;
  if (values instanceof Float32Array) return LABEL_KINDS.float;
  return values instanceof Int32Array ? LABEL_KINDS.int : LABEL_KINDS.byte;
}
