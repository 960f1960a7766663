/** A rectangle on a picture, by its center, in pixels. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * Chooses for each label the first of its places that overlaps neither an obstacle nor an earlier label; null if there
 * is none.
 */
export function freePlaces(labels: readonly (readonly Box[])[], obstacles: readonly Box[]): (Box | null)[] {
  const taken = obstacles.slice();
  return labels.map((places) => {
    const free = places.find((place) => !taken.some((other) => overlap(place, other)));
    if (free) taken.push(free);
    return free ?? null;
  });
}

function overlap(a: Box, b: Box): boolean {
  return 2 * Math.abs(a.x - b.x) < a.width + b.width && 2 * Math.abs(a.y - b.y) < a.height + b.height;
}
