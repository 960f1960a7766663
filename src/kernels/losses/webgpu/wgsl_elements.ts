/**
 * `elementLoss(z, y)` and `elementGradient(z, y)` in WGSL: the cross entropy of σ(z) and its derivative. At y = 0 and y
 * = 1 the other term is left out, so that an infinite logit on the right side costs 0.
 */
const fromLogits = `
  fn elementLoss(z : f32, y : f32) -> f32 {
    let rest = log1p(expNegAbs(z));
    if (y == 0.0) { return max(z, 0.0) + rest; }
    if (y == 1.0) { return max(-z, 0.0) + rest; }
    return y * max(-z, 0.0) + (1.0 - y) * max(z, 0.0) + rest;
  }

  fn elementGradient(z : f32, y : f32) -> f32 {
    let e = expNegAbs(z);
    let larger = 1.0 / (1.0 + e);
    let smaller = e / (1.0 + e);
    let positive = select(smaller, larger, z >= 0.0);
    let negative = select(larger, smaller, z >= 0.0);
    if (y == 0.0) { return positive; }
    if (y == 1.0) { return -negative; }
    return (1.0 - y) * positive - y * negative;
  }
`;

// Bounds as in PyTorch's binary_cross_entropy: log ≥ −100, and p(1−p) ≥ 1e-12 in the gradient's denominator.
// `boundedLog` also takes q = 1 − p, the accurate one when p is near 1.
const fromProbabilities = `
  fn boundedLog(p : f32, q : f32) -> f32 {
    if (p < 0.0) { return uniforms.NAN; }
    if (p == 0.0) { return -100.0; }
    if (p > 0.5 && p < 1.5) { return log1p(-q); }
    return max(log(p), -100.0);
  }

  fn elementLoss(p : f32, y : f32) -> f32 {
    var loss = 0.0;
    if (y != 0.0) { loss = -y * boundedLog(p, 1.0 - p); }
    if (y != 1.0) { loss = loss - (1.0 - y) * boundedLog(1.0 - p, p); }
    return loss;
  }

  fn elementGradient(p : f32, y : f32) -> f32 {
    return (p - y) / max(p * (1.0 - p), 1e-12);
  }
`;

export function wgslElements(logits: boolean): string {
  return logits ? fromLogits : fromProbabilities;
}
