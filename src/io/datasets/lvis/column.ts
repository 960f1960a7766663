/** A growable array of numbers. */
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

  /** The numbers pushed so far, as a view. */
  toArray(): Float64Array {
    return this.values.subarray(0, this.length);
  }
}
