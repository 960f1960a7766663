import type {ClassificationReportJSON} from 'tfjs-longtail/report';

/** An image and the name of its class, which is that of its folder. */
export interface OwnImage {
  file: Blob;
  className: string;
}

export interface OwnRequest {
  images: OwnImage[];
  epochs: number;
}

/** A trained model, as files to download. */
export interface OwnModel {
  json: string;
  weights: ArrayBuffer;
}

export type OwnReply =
  | {kind: 'said'; text: string}
  | {kind: 'failed'; message: string}
  | {
      kind: 'trained';
      history: Record<string, number[]>;
      report: ClassificationReportJSON;
      /** Numbers of training images, by class. */
      frequencies: {imageCounts: number[]; numImages: number; classNames: string[]};
      /** Number of files that this browser cannot read as images. */
      unreadable: number;
      model: OwnModel;
    };
