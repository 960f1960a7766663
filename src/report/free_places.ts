/** A rectangle on a picture by its centre, in pixels. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * For each label the first of its places that covers none of the obstacles and no label before it; null where there is
 * no such place.
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
