/** Numbers of which nobody says beforehand how many there will be. */
export class Column {
  private values = new Float64Array(1024);
  private length = 0;

  push(value: number): void {
    if (this.length === this.values.length) {
      const longer = new Float64Array(2 * this.length);
      longer.set(this.values);
      this.values = longer;
    }
    this.values[this.length++] = value;
  }

  /** What was pushed, without a copy. */
  toArray(): Float64Array {
    return this.values.subarray(0, this.length);
  }
}
