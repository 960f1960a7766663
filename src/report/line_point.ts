/** A point of a line. */
export interface LinePoint {
  x: number;
  /** NaN leaves a gap. */
  y: number;
  /** A band around the line: both or neither. */
  low?: number;
  high?: number;
}
