import {MultiBar} from 'cli-progress';

/** Shows several bars at a time on a terminal; without one, prints a plain line now and then. */
export class Progress {
  private readonly bars: MultiBar;

  /** @param everySeconds Seconds between lines if there is no terminal. */
  constructor({everySeconds = 10}: {everySeconds?: number} = {}) {
    this.bars = new MultiBar({
      format: '  {name} {bar} {percentage}%  {note}  ETA {eta_formatted}',
      barsize: 28,
      barCompleteChar: '█',
      barIncompleteChar: '░',
      hideCursor: true,
      clearOnComplete: false,
      noTTYOutput: true,
      notTTYSchedule: 1000 * everySeconds,
      etaBuffer: 50,
    });
  }

  /** Adds a bar, and returns the function that moves it. */
  add(name: string, total: number): (done: number, note?: string) => void {
    const bar = this.bars.create(total, 0, {name: name.padEnd(14), note: ''});
    return (done, note = '') => bar.update(done, {note});
  }

  stop(): void {
    this.bars.stop();
  }
}
