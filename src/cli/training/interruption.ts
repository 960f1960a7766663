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
      tell(
        '\nStopping after this batch, to save. Ctrl-C again ends at once, with what the last epoch saved.',
      );
      onAsked();
    };
    process.on('SIGINT', this.listener);
    process.on('SIGTERM', this.listener);
  }

  /** Whether it was asked to stop. */
  get isAsked(): boolean {
    return this.asked;
  }

  /** Listens no more. */
  end(): void {
    process.off('SIGINT', this.listener);
    process.off('SIGTERM', this.listener);
  }
}
