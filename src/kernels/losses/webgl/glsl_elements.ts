/**
 * `elementLoss(z, y)` and `elementGradient(z, y)` in GLSL: the cross entropy of σ(z) and its derivative. At y = 0 and y
 * = 1 the other term is left out, so that an infinite logit on the right side costs 0.
 */
const fromLogits = `
  float elementLoss(float z, float y) {
    float linear = y == 0.0 ? max(z, 0.0) : y == 1.0 ? max(-z, 0.0) : y * max(-z, 0.0) + (1.0 - y) * max(z, 0.0);
    return linear + log1p(expNegAbs(z));
  }

  float elementGradient(float z, float y) {
    float e = expNegAbs(z);
    float larger = 1.0 / (1.0 + e);
    float smaller = e / (1.0 + e);
    float positive = z >= 0.0 ? larger : smaller;
    float negative = z >= 0.0 ? smaller : larger;
    return y == 0.0 ? positive : y == 1.0 ? -negative : (1.0 - y) * positive - y * negative;
  }
`;

// Bounds as in PyTorch's binary_cross_entropy: log ≥ −100, and p(1−p) ≥ 1e-12 in the gradient's denominator.
// `boundedLog` also takes q = 1 − p, the accurate one when p is near 1.
const fromProbabilities = `
  float boundedLog(float p, float q) {
    if (p < 0.0) return NAN;
    if (p == 0.0) return -100.0;
    return p > 0.5 && p < 1.5 ? log1p(-q) : max(log(p), -100.0);
  }

  float elementLoss(float p, float y) {
    float positive = y == 0.0 ? 0.0 : -y * boundedLog(p, 1.0 - p);
    return y == 1.0 ? positive : positive - (1.0 - y) * boundedLog(1.0 - p, p);
  }

  float elementGradient(float p, float y) {
    return (p - y) / max(p * (1.0 - p), 1e-12);
  }
`;

export function glslElements(logits: boolean): string {
  return logits ? fromLogits : fromProbabilities;
}
