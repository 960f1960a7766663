import {LABEL_SLACK} from '../../../labels/label_values';
import type {Shader, WebglBackend} from '../../webgl/run';
import {keptWeights} from '../gpu/kept_weights';
import type {LabelAttrs, LossAttrs} from '../registered_pass';

/**
 * GLSL that reads a row's labels:
 *
 * - `ROWS`, `CLASSES`;
 * - `rowLabel(row)`: the integer label, or 0 for other labels; `labelFits(label)`: whether it is in range;
 * - `labelAt(label, row, j)`: y_j; for j = C, the share of background if that is the labels' last column;
 * - `isShare(y)`: whether a y_j is in 0 … 1; `backgroundFits(row)`: whether background's column is, if there is one.
 */
export function labelAccess({form, rows, classes, background}: LabelAttrs): string {
  return `
    const int ROWS = ${rows};
    const int CLASSES = ${classes};
    ${form === 'index' ? indexLabels(background ? classes : classes - 1) : denseLabels(form !== 'multiHot')}
  `;
}

/**
 * GLSL that reads a row's labels and weights, with the inputs and uniforms it needs: `labelAccess`, and
 *
 * - `weightAt(row, j, y)`: 1 − β · T_j · (1 − y_j), the weight in a foreground row, written so that y = 1 gives 1 and
 *   the smallest y keeps its class.
 */
export function rowAccess(
  backend: WebglBackend,
  attrs: LossAttrs,
): Pick<Shader, 'inputs' | 'uniforms' | 'code'> {
  const {tail, beta} = attrs;
  const drawn = typeof beta !== 'number';
  const code = `
    ${labelAccess(attrs)}
    ${drawn ? drawnBeta : ''}
    float weightAt(int row, int j, float y) {
      float kept = ${drawn ? 'isSpared(row, j) ? keptAt(j) : 1.0' : 'keptAt(j)'};
      return kept * (1.0 - y) + y;
    }
  `;
  return {
    inputs: {kept: keptWeights(backend, tail, drawn ? 1 : beta)},
    uniforms: drawn
      ? [
          {name: 'drawKey', type: 'ivec2', value: beta.key.map((word) => word | 0)},
          {name: 'drawThreshold', type: 'int', value: [beta.threshold | 0]},
        ]
      : [],
    code,
  };
}

const indexLabels = (highest: number) => `
  float rowLabel(int row) { return labelsAt(row); }
  bool labelFits(float label) {
    return !notANumber(label) && label >= 0.0 && label <= ${highest}.0 && label == floor(label);
  }
  float labelAt(float label, int row, int j) { return label == float(j) ? 1.0 : 0.0; }
  bool isShare(float y) { return true; }
  bool backgroundFits(int row) { return true; }
`;

const denseLabels = (column: boolean) => `
  float rowLabel(int row) { return 0.0; }
  bool labelFits(float label) { return true; }
  float labelAt(float label, int row, int j) { return labelsAt(row, j); }
  bool isShare(float y) { return !notANumber(y) && y >= ${-LABEL_SLACK} && y <= ${1 + LABEL_SLACK}; }
  bool backgroundFits(int row) { return ${column ? 'isShare(labelsAt(row, CLASSES))' : 'true'}; }
`;

// The draws of src/kernels/losses/draws.ts; in uint32 arithmetic, hence the same on every backend.
const drawnBeta = `
  uint mixBits(uint x) {
    x ^= x >> 16u;
    x *= 0x7feb352du;
    x ^= x >> 15u;
    x *= 0x846ca68bu;
    return x ^ (x >> 16u);
  }
  bool isSpared(int row, int j) {
    uint i = uint(row) * uint(CLASSES) + uint(j);
    return mixBits(mixBits(i ^ uint(drawKey.x)) + uint(drawKey.y)) < uint(drawThreshold);
  }
`;
