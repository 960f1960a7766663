/** Images of one size, by index, as bytes. */
export interface ImageReader {
  /** The number of images. */
  readonly length: number;
  /** Height, width and channels. */
  readonly shape: ImageShape;
  /** Levels 0 … 255, row by row, `[height, width, channels]`. Rejects if the image cannot be read. */
  read(index: number): Uint8Array | Promise<Uint8Array>;
  /** Its name in messages: its file, or its position in one. */
  nameOf(index: number): string;
}

/** Height, width and channels. */
export type ImageShape = readonly [height: number, width: number, channels: number];

/** Images stored one after another in memory. */
export class BytesReader implements ImageReader {
  readonly length: number;
  private readonly size: number;

  constructor(
    private readonly pixels: Uint8Array,
    readonly shape: ImageShape,
    readonly nameOf: (index: number) => string,
  ) {
    this.size = shape[0] * shape[1] * shape[2];
    this.length = pixels.length / this.size;
  }

  read(index: number): Uint8Array {
    return this.pixels.subarray(index * this.size, (index + 1) * this.size);
  }
}
