/** A connected component, with a box `[y1, x1, y2, x2]` that ends past its last pixel. */
export interface Component {
  box: [y1: number, x1: number, y2: number, x2: number];
  /** Number of pixels. */
  area: number;
  /** The highest level in it. */
  highest: number;
}

/** Groups the pixels at or above `threshold` that touch, corners included, by flood fill. */
export function connectedComponents(
  levels: Float32Array,
  height: number,
  width: number,
  threshold: number,
): Component[] {
  const seen = new Uint8Array(levels.length);
  const stack: number[] = [];
  const components: Component[] = [];
  for (let start = 0; start < levels.length; ++start) {
    if (seen[start] || levels[start] < threshold) continue;
    const component: Component = {box: [height, width, 0, 0], area: 0, highest: 0};
    seen[start] = 1;
    stack.push(start);
    while (stack.length > 0) {
      const at = stack.pop()!;
      const [y, x] = [Math.floor(at / width), at % width];
      const {box} = component;
      component.area++;
      component.highest = Math.max(component.highest, levels[at]);
      box[0] = Math.min(box[0], y);
      box[1] = Math.min(box[1], x);
      box[2] = Math.max(box[2], y + 1);
      box[3] = Math.max(box[3], x + 1);
      for (let j = Math.max(0, y - 1); j <= Math.min(height - 1, y + 1); ++j) {
        for (let i = Math.max(0, x - 1); i <= Math.min(width - 1, x + 1); ++i) {
          const next = j * width + i;
          if (seen[next] || levels[next] < threshold) continue;
          seen[next] = 1;
          stack.push(next);
        }
      }
    }
    components.push(component);
  }
  return components;
}
