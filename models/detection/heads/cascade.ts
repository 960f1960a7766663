import * as tf from '@tensorflow/tfjs';
import {RefineBoxes} from '../layers/refine_boxes';
import {boxHead, type HeadOptions} from './box_head';

/** The IoU from which a box is foreground, stage by stage (arXiv 1712.00726). */
export const CASCADE_IOUS = [0.5, 0.6, 0.7] as const;

/**
 * Three heads, each on the boxes that the one before refined. Inputs are those of `fastRcnnHead`; outputs are
 * `stage1_classes`, `stage1_boxes`, … `stage3_boxes`. {@link cascadeBoxes} returns the boxes that a stage looks at: make
 * its labels from them.
 */
export function cascadeHead(options: HeadOptions): tf.LayersModel {
  const image = tf.input({shape: [null, null, 1], name: 'image'});
  const proposals = tf.input({shape: [null, 4], name: 'proposals'});
  const outputs: tf.SymbolicTensor[] = [];
  let current = proposals;
  CASCADE_IOUS.forEach((_, i) => {
    const stage = `stage${i + 1}_`;
    const head = boxHead(image, current, {...options, seed: options.seed + i}, stage);
    outputs.push(head.classes, head.boxes);
    current = new RefineBoxes({name: `${stage}refined`}).apply([head.boxes, current]) as tf.SymbolicTensor;
  });
  return tf.model({inputs: [image, proposals], outputs});
}

/** The boxes that each stage looks at, `[b, n, 4]` each: the proposals, and these as refined by stages 1 and 2. */
export function cascadeBoxes(model: tf.LayersModel, image: tf.Tensor, proposals: tf.Tensor): tf.Tensor[] {
  return tf.tidy(() => {
    const outputs = model.predict([image, proposals]) as tf.Tensor[];
    const refine = new RefineBoxes({});
    const second = refine.call([outputs[1], proposals]);
    return [proposals.clone(), second, refine.call([outputs[3], second])];
  });
}
