// One pass of an optimizer over a variable, in float32, step by step as tfjs composes it from ops: the same bits.

/** Adam: m' = β₁m + (1 − β₁)g, v' = β₂v + (1 − β₂)g², w' = (m'/c₁) / (√(v'/c₂) + ε) · (−rate) + w. */
export function adam(
  w: usize, m: usize, v: usize, g: usize, newW: usize, newM: usize, newV: usize, count: i32,
  beta1: f32, rest1: f32, beta2: f32, rest2: f32, c1: f32, c2: f32, epsilon: f32, minusRate: f32,
): void {
  let at: usize = 0;
  for (let i = count >> 2; i > 0; --i, at += 16) {
    const gradient = v128.load(g + at);
    const first = f32x4.add(
      f32x4.mul(v128.load(m + at), f32x4.splat(beta1)),
      f32x4.mul(gradient, f32x4.splat(rest1)),
    );
    const second = f32x4.add(
      f32x4.mul(v128.load(v + at), f32x4.splat(beta2)),
      f32x4.mul(f32x4.mul(gradient, gradient), f32x4.splat(rest2)),
    );
    const scale = f32x4.add(f32x4.sqrt(f32x4.div(second, f32x4.splat(c2))), f32x4.splat(epsilon));
    const step = f32x4.mul(f32x4.div(f32x4.div(first, f32x4.splat(c1)), scale), f32x4.splat(minusRate));
    v128.store(newM + at, first);
    v128.store(newV + at, second);
    v128.store(newW + at, f32x4.add(step, v128.load(w + at)));
  }
  for (const end = <usize>count << 2; at < end; at += 4) {
    const gradient = load<f32>(g + at);
    const first = load<f32>(m + at) * beta1 + gradient * rest1;
    const second = load<f32>(v + at) * beta2 + gradient * gradient * rest2;
    store<f32>(newM + at, first);
    store<f32>(newV + at, second);
    store<f32>(newW + at, (first / c1 / (sqrt(second / c2) + epsilon)) * minusRate + load<f32>(w + at));
  }
}

/** Gradient descent: w' = −rate · g + w. */
export function descend(w: usize, g: usize, newW: usize, count: i32, minusRate: f32): void {
  let at: usize = 0;
  for (let i = count >> 2; i > 0; --i, at += 16) {
    const step = f32x4.mul(f32x4.splat(minusRate), v128.load(g + at));
    v128.store(newW + at, f32x4.add(step, v128.load(w + at)));
  }
  for (const end = <usize>count << 2; at < end; at += 4) {
    store<f32>(newW + at, minusRate * load<f32>(g + at) + load<f32>(w + at));
  }
}

/** With momentum: a' = μa + g, w' = −rate · a' + w, or Nesterov's w' = −rate · (g + a'μ) + w. */
export function momentum(
  w: usize, a: usize, g: usize, newW: usize, newA: usize, count: i32, mu: f32, minusRate: f32, nesterov: bool,
): void {
  let at: usize = 0;
  for (let i = count >> 2; i > 0; --i, at += 16) {
    const gradient = v128.load(g + at);
    const moving = f32x4.add(f32x4.mul(f32x4.splat(mu), v128.load(a + at)), gradient);
    const ahead = nesterov ? f32x4.add(gradient, f32x4.mul(moving, f32x4.splat(mu))) : moving;
    v128.store(newA + at, moving);
    v128.store(newW + at, f32x4.add(f32x4.mul(f32x4.splat(minusRate), ahead), v128.load(w + at)));
  }
  for (const end = <usize>count << 2; at < end; at += 4) {
    const gradient = load<f32>(g + at);
    const moving = mu * load<f32>(a + at) + gradient;
    const ahead = nesterov ? gradient + moving * mu : moving;
    store<f32>(newA + at, moving);
    store<f32>(newW + at, minusRate * ahead + load<f32>(w + at));
  }
}

/** RMSProp: s' = ρs + (1 − ρ)g², a' = μa + rate · g / √(s' + ε), w' = w − a'. */
export function rmsProp(
  w: usize, s: usize, a: usize, g: usize, newW: usize, newS: usize, newA: usize, count: i32,
  rho: f32, rest: f32, mu: f32, epsilon: f32, rate: f32,
): void {
  let at: usize = 0;
  for (let i = count >> 2; i > 0; --i, at += 16) {
    const gradient = v128.load(g + at);
    const squares = f32x4.add(
      f32x4.mul(v128.load(s + at), f32x4.splat(rho)),
      f32x4.mul(f32x4.mul(gradient, gradient), f32x4.splat(rest)),
    );
    const root = f32x4.sqrt(f32x4.add(squares, f32x4.splat(epsilon)));
    const moving = f32x4.add(
      f32x4.mul(v128.load(a + at), f32x4.splat(mu)),
      f32x4.div(f32x4.mul(gradient, f32x4.splat(rate)), root),
    );
    v128.store(newS + at, squares);
    v128.store(newA + at, moving);
    v128.store(newW + at, f32x4.sub(v128.load(w + at), moving));
  }
  for (const end = <usize>count << 2; at < end; at += 4) {
    const gradient = load<f32>(g + at);
    const squares = load<f32>(s + at) * rho + gradient * gradient * rest;
    const moving = load<f32>(a + at) * mu + (gradient * rate) / sqrt(squares + epsilon);
    store<f32>(newS + at, squares);
    store<f32>(newA + at, moving);
    store<f32>(newW + at, load<f32>(w + at) - moving);
  }
}
