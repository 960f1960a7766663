import * as Plot from '@observablehq/plot';

export interface LegendEntry {
  label: string;
  color: string;
  symbol?: Plot.SymbolType;
  /** Stands for a line: drawn through, or dashed. */
  line?: 'solid' | 'dashed';
}

// Width of a letter at the pictures' 12 pixels, generously: a legend too wide does less harm than one that overlaps.
const LETTER = 7.2;
const SIGN = 34;

/**
 * A legend above the frame, from its left edge, `raise` pixels up. Made of marks: one of Plot's own would be HTML beside
 * the picture, and lost where the picture is a file.
 */
export function legend(entries: readonly LegendEntry[], raise = 26): Plot.Markish[] {
  let dx = 0;
  return entries.flatMap(({label, color, symbol = 'circle', line}) => {
    const at = {frameAnchor: 'top-left', dy: -raise} as const;
    const signs = line
      ? [
          Plot.vector([0], {
            ...at,
            dx,
            rotate: 90,
            anchor: 'start',
            length: 22,
            shape: {draw: stroke},
            stroke: color,
            strokeWidth: 2,
            strokeDasharray: line === 'dashed' ? '5,4' : undefined,
          }),
        ]
      : [Plot.dot([0], {...at, dx: dx + 5, r: 5, symbol, fill: color, stroke: 'none'})];
    const textAt = dx + (line ? 28 : 15);
    dx = textAt + LETTER * label.length + SIGN / 2;
    return [
      ...signs,
      Plot.text([label], {
        ...at,
        dx: textAt,
        textAnchor: 'start',
        lineAnchor: 'middle',
        fill: 'currentColor',
      }),
    ];
  });
}

function stroke(path: CanvasPath, length: number): void {
  path.moveTo(0, 0);
  path.lineTo(0, -length);
}
