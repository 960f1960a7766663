/** One typeface of the npm packages `@fontsource/*`. */
export interface Face {
  /** Name of the package, without its scope. */
  family: string;
  /** CSS font weight (default 400). */
  weight?: number;
  italic?: boolean;
}

/**
 * The faces that each part of the data is set in. No family is in two parts, so a model is judged on letter shapes
 * that it has never seen. `validation` is for choosing settings, so that `test` is not needed for that.
 */
export const FACES = {
  training: [
    {family: 'lora'},
    {family: 'lora', weight: 600},
    {family: 'lora', italic: true},
    {family: 'libre-baskerville'},
    {family: 'libre-baskerville', italic: true},
    {family: 'old-standard-tt'},
    {family: 'old-standard-tt', weight: 700},
    {family: 'old-standard-tt', italic: true},
    {family: 'roboto'},
    {family: 'roboto', weight: 300},
    {family: 'roboto', italic: true},
    {family: 'lato'},
    {family: 'lato', weight: 700},
    {family: 'lato', italic: true},
    {family: 'courier-prime'},
    {family: 'courier-prime', italic: true},
    {family: 'cousine'},
    {family: 'cousine', italic: true},
  ],
  validation: [
    {family: 'gelasio'},
    {family: 'libre-caslon-text', italic: true},
    {family: 'karla'},
    {family: 'space-mono'},
  ],
  test: [
    {family: 'crimson-text'},
    {family: 'pt-serif'},
    {family: 'pt-serif', italic: true},
    {family: 'pt-sans'},
    {family: 'ibm-plex-mono'},
  ],
} as const satisfies Record<string, readonly Face[]>;

/** A part of the data, by its faces. */
export type Split = keyof typeof FACES;
