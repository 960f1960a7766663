import {element} from './element';
import type {CropsView, TailStep} from './protocol';
import {showGlyphs} from './view/glyphs';
import {TailChart} from './view/tail_chart';

/** The first part of the page: the training set and λ. */
export class TailSection {
  private readonly chart = new TailChart(element('tail-chart'));
  private readonly slider = element<HTMLInputElement>('lambda');
  private readonly samples = element<HTMLSelectElement>('samples');
  private view?: CropsView;

  /**
   * @param onSamples Called when another number of crops is chosen.
   * @param onLambda Called when λ has changed.
   */
  constructor(onSamples: (samples: number) => void, onLambda: () => void) {
    this.samples.addEventListener('change', () => onSamples(Number(this.samples.value)));
    this.slider.addEventListener('input', () => {
      this.showLambda();
      onLambda();
    });
  }

  get crops(): CropsView | undefined {
    return this.view;
  }

  /** The current λ. */
  get lambda(): number {
    return this.tail.lambda;
  }

  progress(share: number, what: string): void {
    element('preparing').hidden = false;
    element<HTMLProgressElement>('prepared').value = share;
    (document.querySelector('label[for=prepared]') as HTMLElement).textContent = what;
  }

  show(view: CropsView): void {
    this.view = view;
    element('preparing').hidden = true;
    this.samples.value = String(view.samples);
    this.slider.max = String(view.tail.length - 1);
    this.slider.value = String(view.preset);
    showGlyphs(element('glyphs'), view);
    this.showLambda();
  }

  /** Sets λ to that of a saved run. */
  setLambda(lambda: number): void {
    const index = this.view?.tail.findIndex((step) => step.lambda === lambda) ?? -1;
    if (index >= 0) this.slider.value = String(index);
    this.showLambda();
  }

  enable(enabled: boolean): void {
    this.samples.disabled = !enabled;
    this.slider.disabled = !enabled;
  }

  private get tail(): TailStep {
    return (this.view as CropsView).tail[Number(this.slider.value)];
  }

  private showLambda(): void {
    const {classes, images, numImages} = this.view as CropsView;
    const {lambda, spared, tailRatio} = this.tail;
    this.chart.show(this.view as CropsView, lambda);
    const name = lambda === 0 ? '0' : lambda.toPrecision(3);
    const share = `${(100 * tailRatio).toFixed(1)} %`;
    element('fact-lambda').textContent = name;
    element('fact-spared').textContent = `${spared} of ${classes.length}`;
    element('fact-ratio').textContent = share;
    this.slider.setAttribute('aria-valuetext', `${name}, spares ${spared} characters, tail ratio ${share}`);
    element('characters').replaceChildren(
      ...classes.map((textContent, j) => {
        const className = images[j] / numImages < lambda ? 'spared' : '';
        return Object.assign(document.createElement('li'), {textContent, className});
      }),
    );
  }
}
