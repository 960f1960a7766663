/** Destination of progress output: stderr, or a test's replacement. */
export interface Sink {
  isTTY?: boolean;
  write(text: string): unknown;
}

const INTERVAL = {terminal: 100, file: 10_000};

/** Overwrites one line on a terminal; elsewhere, prints a new line now and then. */
export class Progress {
  private readonly start: number;
  private last: number;
  private readonly from: number;

  /**
   * @param total Total amount of work, in the units of `step`.
   * @param done Amount done before.
   */
  constructor(
    private readonly label: string,
    private readonly total: number,
    done = 0,
    private readonly sink: Sink = process.stderr,
    private readonly now: () => number = Date.now,
  ) {
    this.from = done;
    this.start = now();
    this.last = this.start;
  }

  /** Shows the progress and the remaining time. */
  step(done: number, note = ''): void {
    const time = this.now();
    const {isTTY} = this.sink;
    if (time - this.last < (isTTY ? INTERVAL.terminal : INTERVAL.file)) return;
    this.last = time;
    const share = Math.min(1, done / this.total);
    const left = ((time - this.start) / Math.max(1e-9, done - this.from)) * (this.total - done);
    const text =
      `${this.label} ${String(Math.floor(100 * share)).padStart(3)} %  ETA ${duration(left)}  ${note}`.trimEnd();
    this.sink.write(isTTY ? `\r${text}\x1b[K` : `${text}\n`);
  }

  /** Writes a permanent line. */
  line(text: string): void {
    this.sink.write(this.sink.isTTY ? `\r${text}\x1b[K\n` : `${text}\n`);
  }
}

/** Formats milliseconds for people: `1 h 05 min`, `3 min 20 s`, `7 s`. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds >= 3600) return `${Math.floor(seconds / 3600)} h ${two(Math.floor((seconds % 3600) / 60))} min`;
  return seconds >= 60 ? `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s` : `${seconds} s`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
