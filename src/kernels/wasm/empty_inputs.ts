import type {KernelFunc} from '@tensorflow/tfjs-core';
import {OVER_NOTHING, withEmptyReductions} from './empty_reductions';
import {RESULT_SHAPES, withEmptyResults} from './empty_results';
import {SUMMED_AXES, withEmptySums} from './empty_sums';

/** The kernels that silently give wrong results, or trap, if a batch has no rows or an image no pixels. */
export const UNSAFE_WHEN_EMPTY: readonly string[] = [
  ...new Set([OVER_NOTHING, RESULT_SHAPES, SUMMED_AXES].flatMap((kernels) => Object.keys(kernels))),
];

/** Wraps the kernel of that name so that for inputs without elements it gives the cpu backend's result. */
export function onEmptyInputs(kernelName: string, kernel: KernelFunc): KernelFunc {
  let safe = kernel;
  if (kernelName in OVER_NOTHING) safe = withEmptyReductions(kernelName, safe);
  if (kernelName in SUMMED_AXES) safe = withEmptySums(kernelName, safe);
  if (kernelName in RESULT_SHAPES) safe = withEmptyResults(kernelName, safe);
  return safe;
}
