/** Counts checks and prints a line for each. */
export class Report {
  passed = 0;
  failed = 0;

  pass(title: string): void {
    ++this.passed;
    console.log(`  ✔ ${title}`);
  }

  fail(title: string, reason: string): void {
    ++this.failed;
    console.log(`  ✘ ${title}\n      ${reason.replaceAll('\n', '\n      ')}`);
  }

  /** The last line, which `.ci/run` reads. */
  summary(): string {
    return `${this.passed} passed, ${this.failed} failed`;
  }
}
