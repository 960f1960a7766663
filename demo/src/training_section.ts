import {element} from './element';
import {type BackendName, type CropsView, type Point, SCORED} from './protocol';
import {LineChart} from './view/line_chart';
import {showResults} from './view/results';

const percent = (share: number) => `${Math.round(100 * share)} %`;

/** The second part of the page: backend, live charts and the table. */
export class TrainingSection {
  readonly button = element<HTMLButtonElement>('train');
  readonly restart = element<HTMLButtonElement>('restart');
  private readonly loss = new LineChart(element('chart-loss'), {
    label: 'Training loss',
    format: (value) => String(Number(value.toPrecision(2))),
  });
  private readonly accuracy = SCORED.map((group) => ({
    group,
    chart: new LineChart(element(`chart-${group}`), {label: `Accuracy, ${group}`, format: percent, top: 1}),
  }));
  private points: Point[] = [];
  private end = 1;
  private due = false;

  constructor() {
    this.draw();
  }

  get backend(): BackendName {
    return (document.querySelector('input[name=backend]:checked') as HTMLInputElement).value as BackendName;
  }

  showBackends(available: Record<BackendName, string | true>, preset: BackendName): void {
    for (const radio of document.querySelectorAll<HTMLInputElement>('input[name=backend]')) {
      const has = available[radio.value as BackendName];
      radio.disabled = has !== true;
      radio.checked = radio.value === preset;
      if (has !== true) (radio.parentElement as HTMLElement).title = has;
    }
  }

  enableBackends(enabled: boolean): void {
    element<HTMLFieldSetElement>('backends').disabled = !enabled;
  }

  showCrops({groups, classes}: CropsView): void {
    for (const group of SCORED) {
      const members = group === 'overall' ? classes.length : groups.filter((name) => name === group).length;
      element(`count-${group}`).textContent = `${members} characters`;
    }
  }

  /** Begins anew, or with the points of a loaded run. @param end Step at which training will rest. */
  begin(points: readonly Point[], end: number): void {
    this.points = [...points];
    this.end = end;
    this.draw();
  }

  /** Moves the right end of the charts. */
  extend(end: number): void {
    this.end = Math.max(this.end, end);
  }

  add(point: Point): void {
    this.points.push(point);
    if (this.due) return;
    this.due = true;
    requestAnimationFrame(() => {
      this.due = false;
      this.draw();
    });
  }

  status(text: string): void {
    element('status').textContent = text;
  }

  private draw(): void {
    const {points, end} = this;
    this.loss.show(
      points.map(({step, loss}) => ({step, value: loss})),
      end,
    );
    const scored = points.flatMap(({step, scores}) => (scores ? {step, scores} : []));
    for (const {group, chart} of this.accuracy) {
      chart.show(
        scored.map(({step, scores}) => ({
          step,
          value: {baseline: scores.baseline[group], eql: scores.eql[group]},
        })),
        end,
      );
    }
    showResults(document.querySelector('#results tbody') as HTMLElement, scored.at(-1)?.scores);
  }
}
