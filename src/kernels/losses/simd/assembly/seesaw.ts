import {classes, scale} from './call';
import {addUp, store4, sumOf} from './elements';
import {log1pOf, logOf, LN2} from './math';
import {NONE} from './labels';
import {anyPower4} from './powers';
import {at64, BELOW, column, parameter, spare} from './table';
import {exp64, halvings, HIGHEST, isPrecise, largestOf, terms} from './terms';

// Columns: N_jᵖ relative to the largest, in float32 and in float64. Numbers: q and eps.
const SAMPLES = 0;
const SAMPLES_64 = 1;

/**
 * −log(e^{z_i} / (Σ_{j≠i} S_ij e^{z_j} + e^{z_i})) of a row of class i and its gradient, which takes S as constant:
 * S_ij = min(1, (N_j / N_i)ᵖ) · max(1, (σ_j / max(σ_i, eps))^q). NaN as in `adjustedLoss`.
 */
export function seesawLoss(z: usize, out: usize, label: i32): f64 {
  if (label == NONE) {
    if (out) memory.fill(out, 0, <usize>classes << 2);
    return 0;
  }
  if (label < 0) return NaN;
  const at = <usize>label << 2;
  const logit = load<f32>(z + at);
  store<f32>(z + at, BELOW);
  const loss = lossBeside(z, out, label, <f64>logit);
  store<f32>(z + at, logit);
  return loss;
}

function lossBeside(z: usize, out: usize, label: i32, logit: f64): f64 {
  const most = largestOf(z, 0);
  if (!(abs(most) < HIGHEST)) return NaN;
  const m = halvings(most);
  // Zero the padding after the last class.
  v128.store(spare + (<usize>((classes - 1) & ~3) << 2), f32x4.splat(0));
  const plain = terms(z, spare, 0, 0, m);
  const x = logit - <f64>m * LN2;
  const own = exp64(x);
  const level = max(own, parameter(1) * (own + plain));
  const perSample = <f32>(1 / at64(column(SAMPLES_64), label));
  const perLevel = <f32>(1 / level);
  const isSquare = parameter(0) == 2;
  const others = isSquare ? weigh<f32>(perSample, perLevel) : weigh<i32>(perSample, perLevel);
  if (!isPrecise(others, own, scale)) return NaN;
  const total = own + others;
  if (out) {
    write(out, <f32>(<f64>scale / total));
    store<f32>(out + (<usize>label << 2), <f32>(-(others / total) * <f64>scale));
  }
  return others < own ? log1pOf(others / own) : logOf(total) - x;
}

// Multiplies each term by its S, and sums them. `Square` is f32 if q = 2, else i32.
function weigh<Square>(perSample: f32, perLevel: f32): f64 {
  const q = <f32>parameter(0);
  const samples = column(SAMPLES);
  const one = f32x4.splat(1);
  const rarity = f32x4.splat(perSample);
  const rivalry = f32x4.splat(perLevel);
  const end = <usize>classes << 2;
  let sums = f64x2.splat(0);
  let at: usize = 0;
  do {
    const term = v128.load(spare + at);
    const mitigation = f32x4.pmin(one, f32x4.mul(v128.load(samples + at), rarity));
    const ratio = f32x4.pmax(one, f32x4.mul(term, rivalry));
    const compensation = isFloat<Square>() ? f32x4.mul(ratio, ratio) : anyPower4(ratio, q);
    const weighed = f32x4.mul(term, f32x4.mul(mitigation, compensation));
    v128.store(spare + at, weighed);
    sums = addUp(sums, weighed);
    at += 16;
  } while (at < end);
  return sumOf(sums);
}

function write(out: usize, factor: f32): void {
  const factors = f32x4.splat(factor);
  const whole = <usize>(classes & ~3) << 2;
  for (let at: usize = 0; at < whole; at += 16) {
    v128.store(out + at, f32x4.mul(v128.load(spare + at), factors));
  }
  const rest = classes & 3;
  if (rest) store4(out + whole, f32x4.mul(v128.load(spare + whole), factors), rest);
}
