import {ClassFrequencyCounter, type FrequencyInfo, frequenciesOf} from '../../frequency';

/** T(f) below this spares a class of so little that the loss is cross entropy for it. */
const NEGLIGIBLE = 1e-3;

/** Says once that a loss spares no class. */
export class SparesNoneWarning {
  private done = false;
  private counted: number | undefined;

  /**
   * @param loss The class of the loss.
   * @param freqInfo Where its f_j come from.
   * @param lambda What spares no class; undefined where it is a smooth threshold.
   */
  constructor(
    private readonly loss: string,
    private readonly freqInfo: FrequencyInfo,
    private readonly lambda: number | undefined,
  ) {
    this.counted = imagesIn(freqInfo);
  }

  /**
   * Looks at T(f) before a batch. While a live counter still counts, its frequencies are provisional: nothing is said
   * until it has stood still since the last call.
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
