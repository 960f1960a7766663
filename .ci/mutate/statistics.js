/** Draws `size` elements of the list with equal probability, determined by the seed. */
function draw(list, size, seed) {
  const random = mulberry32(seed);
  const pool = [...list];
  const count = Math.min(size, pool.length);
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(random() * (pool.length - i));
    [pool[i], pool[j]] = [pool[j], pool[i]];
  }
  return pool.slice(0, count);
}

/** Tommy Ettinger's generator: uniform on [0, 1). */
function mulberry32(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Wilson's 95 % interval of a share. */
function wilson(hits, tried) {
  const z = 1.959964;
  const share = hits / tried;
  const middle = share + z ** 2 / (2 * tried);
  const half = z * Math.sqrt((share * (1 - share)) / tried + z ** 2 / (4 * tried ** 2));
  return [middle - half, middle + half].map((bound) => bound / (1 + z ** 2 / tried));
}

module.exports = {draw, wilson};
