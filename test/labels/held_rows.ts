type Row = [labels: number[], held: number[]];

/** Rows of three classes, and those that each holds. */
export const ROWS: Row[] = [
  [
    [0.9, 0.05, 0.05],
    [1, 0, 0],
  ],
  [
    [0.05, 0.05, 0.9],
    [0, 0, 1],
  ],
  [
    [0.34, 0.33, 0.33],
    [1, 0, 0],
  ],
  // Ties: the first class, and a class before background.
  [
    [0.5, 0.5, 0],
    [1, 0, 0],
  ],
  [
    [0, 0.5, 0],
    [0, 1, 0],
  ],
  [
    [1 / 3, 1 / 3, 0],
    [1, 0, 0],
  ],
  [
    [0.3, 0.2, 0.1],
    [0, 0, 0],
  ],
  [
    [0.4, 0.1, 0.1],
    [1, 0, 0],
  ],
  [
    [0.033, 0.033, 0.033],
    [0, 0, 0],
  ],
  [
    [0, 0, 0],
    [0, 0, 0],
  ],
  // More than 1: several classes.
  [
    [1, 1, 0],
    [1, 1, 0],
  ],
  [
    [0.95, 0.95, 0.05],
    [1, 1, 0],
  ],
  [
    [0.5, 0.51, 0.51],
    [0, 1, 1],
  ],
  [
    [0.4, 0.4, 0.4],
    [0, 0, 0],
  ],
  // Rounded sums are still distributions.
  [
    [0.6, 0.4005, 0],
    [1, 0, 0],
  ],
  [
    [1.0000001, 0, -1e-8],
    [1, 0, 0],
  ],
];

/** Rows of two classes and background. */
export const ROWS_WITH_BACKGROUND: Row[] = [
  [
    [0.9, 0.05, 0.05],
    [1, 0],
  ],
  [
    [0.99, 0, 0.01],
    [1, 0],
  ],
  [
    [0.01, 0.01, 0.98],
    [0, 0],
  ],
  [
    [0.3, 0.2, 0.5],
    [0, 0],
  ],
  [
    [0.5, 0, 0.5],
    [1, 0],
  ],
  [
    [0.4, 0.4, 0.2],
    [1, 0],
  ],
  [
    [0, 0, 1],
    [0, 0],
  ],
  [
    [0, 1, 0],
    [0, 1],
  ],
  // No share at all: no class.
  [
    [0, 0, 0],
    [0, 0],
  ],
  // More than 1: several classes, whatever the last column says.
  [
    [1, 1, 0],
    [1, 1],
  ],
  [
    [1, 0, 1],
    [1, 0],
  ],
  [
    [0.6, 0.1, 0.6],
    [1, 0],
  ],
];
