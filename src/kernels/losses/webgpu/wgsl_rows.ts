import {LABEL_SLACK} from '../../../labels/label_values';
import type {Shader, Uniform, WebgpuBackend} from '../../webgpu/run';
import type {Draws} from '../draws';
import {keptWeights} from '../gpu/kept_weights';
import type {LabelAttrs, LossAttrs} from '../registered_pass';

/**
 * WGSL that reads a row's logits and labels, with the uniforms it needs, `rows` and `classes`:
 *
 * - `logitAt(row, j)`: z_j; after tfjs's cast to float32 the array may still be one of i32;
 * - `rowLabel(row)`: the integer label, or 0 for other labels; `labelFits(label)`: whether it is in range;
 * - `labelAt(label, row, j)`: y_j; for j = C, the share of background if that is the labels' last column;
 * - `isShare(y)`: whether a y_j is in 0 … 1; `backgroundFits(row)`: whether background's column is, if there is one.
 */
export function labelAccess({
  form,
  rows,
  classes,
  background,
}: LabelAttrs): Pick<Shader, 'key' | 'uniforms' | 'code'> {
  return {
    key: `${form} ${background}`,
    uniforms: [
      {name: 'rows', type: 'i32', value: [rows]},
      {name: 'classes', type: 'i32', value: [classes]},
    ],
    code: `
      fn logitAt(row : i32, j : i32) -> f32 { return f32(logits[row * uniforms.classes + j]); }
      ${form === 'index' ? indexLabels(background) : denseLabels(form === 'multiHot' ? 0 : 1)}
    `,
  };
}

/**
 * WGSL that reads a row's logits, labels and weights, with the inputs and uniforms it needs: `labelAccess`, and
 *
 * - `weightAt(row, j, y)`: 1 − β · T_j · (1 − y_j), the weight in a foreground row, written so that y = 1 gives 1 and
 *   the smallest y keeps its class.
 */
export function rowAccess(
  backend: WebgpuBackend,
  attrs: LossAttrs,
): Pick<Shader, 'key' | 'inputs' | 'uniforms' | 'code'> {
  const {tail, beta} = attrs;
  const labels = labelAccess(attrs);
  const drawn = typeof beta !== 'number';
  const code = `
    ${labels.code}
    ${drawn ? drawnBeta : ''}
    fn weightAt(row : i32, j : i32, y : f32) -> f32 {
      var w = kept[j];
      ${drawn ? 'if (!isSpared(row, j)) { w = 1.0; }' : ''}
      return w * (1.0 - y) + y;
    }
  `;
  return {
    key: `${labels.key} ${drawn ? 'drawn' : ''}`,
    inputs: {kept: keptWeights(backend, tail, drawn ? 1 : beta)},
    uniforms: [...labels.uniforms, ...(drawn ? drawUniforms(beta) : [])],
    code,
  };
}

const drawUniforms = ({key, threshold}: Draws): Uniform[] => [
  {name: 'drawKey', type: 'vec2<u32>', value: [...key]},
  {name: 'drawThreshold', type: 'u32', value: [threshold]},
];

const indexLabels = (background: boolean) => `
  fn rowLabel(row : i32) -> f32 { return f32(labels[row]); }
  fn labelFits(label : f32) -> bool {
    return !isnan(label) && label >= 0.0 && label ${background ? '<=' : '<'} f32(uniforms.classes) && label == floor(label);
  }
  fn labelAt(label : f32, row : i32, j : i32) -> f32 { return select(0.0, 1.0, label == f32(j)); }
  fn isShare(y : f32) -> bool { return true; }
  fn backgroundFits(row : i32) -> bool { return true; }
`;

const denseLabels = (backgroundColumns: 0 | 1) => `
  fn rowLabel(row : i32) -> f32 { return 0.0; }
  fn labelFits(label : f32) -> bool { return true; }
  fn labelAt(label : f32, row : i32, j : i32) -> f32 {
    return f32(labels[row * (uniforms.classes + ${backgroundColumns}) + j]);
  }
  fn isShare(y : f32) -> bool { return !isnan(y) && y >= ${-LABEL_SLACK} && y <= ${1 + LABEL_SLACK}; }
  fn backgroundFits(row : i32) -> bool {
    return ${backgroundColumns ? 'isShare(labelAt(0.0, row, uniforms.classes))' : 'true'};
  }
`;

// The draws of src/kernels/losses/draws.ts; in uint32 arithmetic, hence the same on every backend.
const drawnBeta = `
  fn mixBits(bits : u32) -> u32 {
    var x = bits;
    x = (x ^ (x >> 16u)) * 0x7feb352du;
    x = (x ^ (x >> 15u)) * 0x846ca68bu;
    return x ^ (x >> 16u);
  }
  fn isSpared(row : i32, j : i32) -> bool {
    let i = u32(row) * u32(uniforms.classes) + u32(j);
    return mixBits(mixBits(i ^ uniforms.drawKey.x) + uniforms.drawKey.y) < uniforms.drawThreshold;
  }
`;
