import type {CropsView} from '../protocol';
import {drawInto, svg} from './svg';

const LEFT = 46;
const RIGHT = 26;
const TOP = 30;
const BOTTOM = 46;
/** Pixels that a character below its bar needs. */
const NAME_WIDTH = 10;

/** How often each character occurs, with λ as a line and the characters below it in colour. */
export class TailChart {
  private lambda = 0;
  private view?: CropsView;
  private readonly redraw: () => void;

  constructor(box: HTMLElement) {
    this.redraw = drawInto(box, (width, height) => this.draw(width, height));
  }

  show(view: CropsView, lambda: number): void {
    this.view = view;
    this.lambda = lambda;
    this.redraw();
  }

  private draw(width: number, height: number): SVGElement {
    const root = svg('svg', {viewBox: `0 0 ${width} ${height}`, role: 'img'});
    if (this.view === undefined) return root;
    const {classes, images, numImages, groups} = this.view;
    const right = width - RIGHT;
    const bottom = height - BOTTOM;
    const lowest = 0.6;
    const scale = (bottom - TOP) / Math.log(Math.max(...images) / lowest);
    const y = (count: number) => Math.min(bottom, bottom - scale * Math.log(count / lowest));
    const slot = (right - LEFT) / classes.length;
    const spared = images.filter((count) => count / numImages < this.lambda).length;
    root.setAttribute(
      'aria-label',
      `Training crops of ${classes.length} characters, from ${images[0]} of “${classes[0]}” down to ` +
        `${images[images.length - 1]}; ${spared} of them are below λ.`,
    );
    for (let count = 1; count <= images[0]; count *= 10) {
      root.append(
        svg('line', {class: 'grid', x1: LEFT, x2: right, y1: y(count), y2: y(count)}),
        svg(
          'text',
          {class: 'tick', x: LEFT - 6, y: y(count) + 4, 'text-anchor': 'end'},
          count.toLocaleString('en'),
        ),
      );
    }
    root.append(svg('text', {class: 'tick', x: 0, y: 12}, 'training crops of a character (logarithmic)'));
    const every = Math.ceil(NAME_WIDTH / slot);
    classes.forEach((name, j) => {
      const x = LEFT + j * slot;
      const rare = images[j] / numImages < this.lambda;
      const bar = svg('rect', {
        class: rare ? 'bar spared' : 'bar',
        x: x + slot * 0.12,
        width: slot * 0.76,
        y: y(images[j]),
        height: bottom - y(images[j]),
      });
      bar.append(svg('title', {}, `${name}: ${images[j].toLocaleString('en')} crops, ${groups[j]}`));
      root.append(bar);
      if (j % every === 0) {
        root.append(
          svg('text', {class: 'name', x: x + slot / 2, y: bottom + 15, 'text-anchor': 'middle'}, name),
        );
      }
    });
    this.drawGroups(root, slot, bottom);
    const at = y(this.lambda * numImages);
    root.append(
      svg('line', {class: 'lambda', x1: LEFT, x2: right + 4, y1: at, y2: at}),
      svg('text', {class: 'lambda-name', x: right + 8, y: at + 5}, 'λ'),
    );
    return root;
  }

  /** Brackets below the characters: frequent, common, rare. */
  private drawGroups(root: SVGElement, slot: number, bottom: number): void {
    const {groups} = this.view as CropsView;
    for (const group of new Set(groups)) {
      const from = LEFT + groups.indexOf(group) * slot + 2;
      const to = LEFT + (groups.lastIndexOf(group) + 1) * slot - 2;
      const y = bottom + 24;
      root.append(
        svg('path', {class: 'bracket', d: `M${from} ${y}v4H${to}v-4`}),
        svg('text', {class: 'tick', x: (from + to) / 2, y: y + 17, 'text-anchor': 'middle'}, group),
      );
    }
  }
}
