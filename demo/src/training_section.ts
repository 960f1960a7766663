import {element} from './element';
import {type BackendName, type CropsView, type Point, READINGS, SCORED} from './protocol';
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
    atLeast: 1,
  });
  private readonly accuracy = SCORED.map((group) => ({
    group,
    chart: new LineChart(element(`chart-${group}`), {
      label: `Accuracy, ${group}`,
      format: percent,
      atLeast: 0.2,
    }),
  }));
  private points: Point[] = [];
  private end = 1;

  constructor() {
    this.begin([], 1);
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

  /** Starts over, or with the points of a loaded run. @param end Step at which training will pause. */
  begin(points: readonly Point[], end: number): void {
    this.points = [...points];
    this.end = end;
    this.drawLoss();
    this.drawScores();
  }

  /** Moves the right end of the charts. */
  extend(end: number): void {
    this.end = Math.max(this.end, end);
  }

  add(point: Point): void {
    this.points.push(point);
    this.drawLoss();
    if (point.scores) this.drawScores();
  }

  /** @param aloud Whether a screen reader announces it as well. */
  status(text: string, aloud = true): void {
    element('status').textContent = text;
    if (aloud) element('announced').textContent = text;
  }

  private drawLoss(): void {
    this.loss.show(
      this.points.map(({step, loss}) => ({step, value: loss})),
      this.end,
    );
  }

  private drawScores(): void {
    const {points, end} = this;
    const scored = points.flatMap(({step, scores}) => (scores ? {step, scores} : []));
    for (const {group, chart} of this.accuracy) {
      chart.show(
        scored.map(({step, scores}) => ({
          step,
          value: Object.fromEntries(READINGS.map((reading) => [reading, scores[reading][group]])),
        })),
        end,
      );
    }
    showResults(document.querySelector('#results tbody') as HTMLElement, scored.at(-1)?.scores);
  }
}
