/** Takes what a `RecordScanner` finds. */
export interface RecordHandler {
  /**
   * A key of records that is not needed: where it holds arrays of numbers, they are checked, and 0 may stand for them.
   * Polygons are most of an annotation file, and `JSON.parse` is slow at numbers.
   */
  readonly omits?: string;
  /** Each key of the file's object, before its records. */
  key(key: string, isArray: boolean): void;
  /** Each element of an array; a value that is no array is one record. */
  record(value: unknown, index: number): void;
}
