import type {ClassificationReportJSON} from 'tfjs-longtail/report';

/** An image and the name of its class: that of the folder it is in. */
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
      /** How many images of each class it was trained with. */
      frequencies: {imageCounts: number[]; numImages: number; classNames: string[]};
      /** Files that are no images that this browser reads. */
      unreadable: number;
      model: OwnModel;
    };
