import {EXIT} from '../exit';
import {tell} from '../output';

/** Listens for Ctrl-C: the first asks to stop and save, the second ends the process at once. */
export class Interruption {
  private asked = false;
  private readonly listener: () => void;

  /** @param onAsked Called once, at the first Ctrl-C. */
  constructor(onAsked: () => void) {
    this.listener = () => {
      if (this.asked) process.exit(EXIT.interrupted);
      this.asked = true;
      tell('\nStopping after this batch to save. Ctrl-C again exits at once; the last epoch is saved.');
      onAsked();
    };
    process.on('SIGINT', this.listener);
    process.on('SIGTERM', this.listener);
  }

  /** Whether Ctrl-C was pressed. */
  get isAsked(): boolean {
    return this.asked;
  }

  /** Stops listening. */
  end(): void {
    process.off('SIGINT', this.listener);
    process.off('SIGTERM', this.listener);
  }
}
