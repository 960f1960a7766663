// Vertices are rounded to fifths of a pixel.
const SCALE = 5;

/**
 * Rasterizes a polygon into the positions, down the columns, at which inside and outside alternate; ascending, with
 * height · width last. The pixels are exactly those of pycocotools' `rleFrPoly`, which decide whether an IoU is exact.
 *
 * @param polygon `[x, y, x, y, …]` in pixels.
 */
export function rasterize(polygon: ArrayLike<number>, height: number, width: number): Uint32Array {
  const changes: number[] = [];
  let lastU = Number.NaN;
  let lastV = Number.NaN;
  const visit = (u: number, v: number) => {
    // The first vertex has no predecessor, and segments meet at equal u.
    if (u !== lastU && !Number.isNaN(lastU)) {
      const x = ((u < lastU ? u : u - 1) + 0.5) / SCALE - 0.5;
      if (Number.isInteger(x) && x >= 0 && x <= width - 1) {
        const y = (Math.min(v, lastV) + 0.5) / SCALE - 0.5;
        changes.push(x * height + Math.ceil(Math.min(Math.max(y, 0), height)));
      }
    }
    lastU = u;
    lastV = v;
  };
  const vertices = polygon.length >> 1;
  for (let k = 0; k < vertices; ++k) {
    const next = (k + 1) % vertices;
    walk(
      scaled(polygon[2 * k]),
      scaled(polygon[2 * k + 1]),
      scaled(polygon[2 * next]),
      scaled(polygon[2 * next + 1]),
      visit,
    );
  }
  changes.push(height * width);
  return Uint32Array.from(changes).sort();
}

function scaled(coordinate: number): number {
  return Math.trunc(SCALE * coordinate + 0.5);
}

/** Visits the points of a segment, one per step along its longer side, including its ends. */
function walk(x0: number, y0: number, x1: number, y1: number, visit: (u: number, v: number) => void): void {
  const dx = Math.abs(x1 - x0);
  const dy = Math.abs(y1 - y0);
  const isFlat = dx >= dy;
  // Points are rounded the same way in both directions.
  const isFlipped = isFlat ? x0 > x1 : y0 > y1;
  const [xs, ys, xe, ye] = isFlipped ? [x1, y1, x0, y0] : [x0, y0, x1, y1];
  const steps = Math.max(dx, dy);
  const slope = steps === 0 ? 0 : (isFlat ? ye - ys : xe - xs) / steps;
  for (let d = 0; d <= steps; ++d) {
    const t = isFlipped ? steps - d : d;
    if (isFlat) visit(t + xs, Math.trunc(ys + slope * t + 0.5));
    else visit(Math.trunc(xs + slope * t + 0.5), t + ys);
  }
}
