/** Receives the records that a `RecordScanner` finds. */
export interface RecordHandler {
  /**
   * A key of records that is not needed: arrays of numbers under it are only checked, and may be replaced by 0.
   * Polygons make up most of an annotation file, and `JSON.parse` is slow with numbers.
   */
  readonly omits?: string;
  /** Called with each key of the file's object, before its records. */
  key(key: string, isArray: boolean): void;
  /** Called with each element of an array; any other value is one record. */
  record(value: unknown, index: number): void;
}
