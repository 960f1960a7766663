import * as tf from '@tensorflow/tfjs';
import {boxHead, type HeadOptions} from './box_head';

/**
 * A head like that of Fast R-CNN (arXiv 1504.08083): inputs `image` `[b, height, width, 1]` and `proposals` `[b, n, 4]` in
 * pixels; outputs `classes`, logits `[b, n, outputs]`, and `boxes`, box targets `[b, n, 4]`.
 */
export function fastRcnnHead(options: HeadOptions): tf.LayersModel {
  const image = tf.input({shape: [null, null, 1], name: 'image'});
  const proposals = tf.input({shape: [null, 4], name: 'proposals'});
  const {classes, boxes} = boxHead(image, proposals, options);
  return tf.model({inputs: [image, proposals], outputs: [classes, boxes]});
}
