import * as Plot from '@observablehq/plot';
import {type Box, freePlaces} from './free_places';
import {shorten, textWidth} from './text';

const WIDEST = 90;

export interface NamedPoint {
  name: string;
  /** Position in the unit of the horizontal axis. */
  x: number;
  /** Positions of its dots in the unit of the vertical axis. */
  ys: readonly number[];
}

/**
 * Places names by their dots: above the highest, below the lowest, or beside either. A name that would cover dots or
 * another name, or leave the frame, is left out, so dots should have their names as titles.
 *
 * @param radius Radius of the dots, in pixels.
 * @param size Font size, in pixels.
 * @param lines Lines across the frame that names also avoid, at values of the horizontal and the vertical axis.
 */
export function nameMarks(
  points: readonly NamedPoint[],
  radius: number,
  size = 9,
  lines: {xs?: readonly number[]; ys?: readonly number[]} = {},
): Plot.Markish {
  return Plot.text(
    points,
    Plot.initializer(
      {
        x: 'x',
        y: 0,
        text: ({name}: NamedPoint) => shorten(name, WIDEST, size),
        fontSize: size,
        fill: 'currentColor',
      },
      (data: NamedPoint[], facets, _channels, scales, {width, height, marginBottom, marginLeft}) => {
        const frame = {left: marginLeft, right: width, bottom: height - marginBottom};
        const boxes = places(
          data.map(({name, x, ys}) => ({name, x: scales.x?.(x), ys: ys.map((y) => scales.y?.(y))})),
          radius,
          size,
          frame,
          [
            ...(lines.xs ?? []).map((x) => ({x: scales.x?.(x), y: 0, width: 2, height: 2 * height})),
            ...(lines.ys ?? []).map((y) => ({x: 0, y: scales.y?.(y), width: 2 * width, height: 2})),
          ],
        );
        return {
          data,
          facets: facets.map((facet) => facet.filter((i) => boxes[i] != null)),
          channels: {x: {value: boxes.map((box) => box?.x)}, y: {value: boxes.map((box) => box?.y)}},
        };
      },
    ),
  );
}

/** All in pixels. */
function places(
  points: readonly NamedPoint[],
  radius: number,
  size: number,
  frame: {left: number; right: number; bottom: number},
  lines: readonly Box[],
): (Box | null)[] {
  const dots: Box[] = [...lines];
  const labels = points.map(({name, x, ys}) => {
    const [width, height] = [textWidth(shorten(name, WIDEST, size), size) + 1, size];
    const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
    const side = radius + 1 + width / 2;
    const centers = [
      [x, top - size],
      [x, bottom + size],
    ];
    for (const y of [top, bottom]) centers.push([x + side, y], [x - side, y]);
    for (const y of ys) dots.push({x, y, width: 2 * radius, height: 2 * radius});
    return centers
      .map(([x, y]) => ({x, y, width, height}))
      .filter(
        ({x, y}) =>
          y + height / 2 <= frame.bottom && x - width / 2 >= frame.left && x + width / 2 <= frame.right,
      );
  });
  return freePlaces(labels, dots);
}
