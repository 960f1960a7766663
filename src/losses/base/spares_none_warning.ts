import {ClassFrequencyCounter, type FrequencyInfo, frequenciesOf} from '../../frequency';

/** Below this T(f), a class is spared so little that its loss is cross entropy. */
const NEGLIGIBLE = 1e-3;

/** Warns once if a loss spares no class. */
export class SparesNoneWarning {
  private done = false;
  private counted: number | undefined;

  /**
   * @param loss The class of the loss.
   * @param freqInfo The source of its f_j.
   * @param lambda The λ that spares no class; undefined for a smooth threshold.
   */
  constructor(
    private readonly loss: string,
    private readonly freqInfo: FrequencyInfo,
    private readonly lambda: number | undefined,
  ) {
    this.counted = imagesIn(freqInfo);
  }

  /**
   * Checks T(f) before a batch. While a live counter is still counting, its frequencies are provisional: there is no
   * warning until they have not changed since the last call.
   */
  observe(tail: Float64Array): void {
    if (this.done) return;
    const counted = imagesIn(this.freqInfo);
    const isSettled = counted === this.counted;
    this.counted = counted;
    if (!isSettled || tail.some((t) => t >= NEGLIGIBLE)) return;
    this.done = true;
    const least = frequenciesOf(this.freqInfo).reduce((a, b) => Math.min(a, b));
    const [what, remedy] =
      this.lambda === undefined
        ? ['threshold', 'Let it fall at higher f, or set gamma: 0']
        : [`lambda = ${this.lambda}`, 'Raise lambda (lambdaForTailRatio finds one), or set lambda: 0'];
    console.warn(
      `${this.loss}: ${what} spares no class, as the least frequent one has f = ${least}. The loss is plain cross ` +
        `entropy. ${remedy} where cross entropy is meant.`,
    );
  }
}

function imagesIn(freqInfo: FrequencyInfo): number | undefined {
  return freqInfo instanceof ClassFrequencyCounter ? freqInfo.numImages : undefined;
}
