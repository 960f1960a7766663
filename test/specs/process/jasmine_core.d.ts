/** What is used of jasmine-core, which has no types of its own. */
declare module 'jasmine-core' {
  interface Result {
    fullName: string;
    status: string;
    failedExpectations: {message: string}[];
  }
  interface Environment {
    configure(options: {random: boolean}): void;
    addReporter(reporter: {specDone(result: Result): void; suiteDone(result: Result): void}): void;
    execute(): Promise<unknown>;
  }
  interface Jasmine {
    DEFAULT_TIMEOUT_INTERVAL: number;
    getEnv(): Environment;
  }
  /** Makes `describe`, `it` and the others global. */
  export function boot(): Jasmine;
}
