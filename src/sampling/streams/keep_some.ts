import {disposeElement} from '../../frequency/reading/dispose_element';
import type {ElementSource} from '../../frequency/reading/element_source';
import {ElementClasses, type ElementLabelOptions} from './element_classes';
import {sizeOfSelection, streamView} from './stream_view';

interface KeepSomeArgs extends ElementLabelOptions {
  name: string;
  seed: number;
  numClasses: number;
  /** Names of the classes, if labels may be names. */
  classNames?: readonly string[];
  /** The probability of keeping an image with these classes. The iterator passes on whatever it throws. */
  keepRate: (classes: readonly number[]) => number;
}

/** Views `dataset` with each image kept by the probability of its classes; the others are disposed of. */
export function keepSome<D extends ElementSource>(dataset: D, args: KeepSomeArgs): D {
  const {name, seed, numClasses, classNames, keepRate} = args;
  const view = {name, seed, size: sizeOfSelection(dataset)};
  return streamView(dataset, view, ({source, random}) => {
    const classes = new ElementClasses(numClasses, args, source, classNames);
    return async () => {
      for (;;) {
        const item = await source.next();
        if (item.done) return item;
        const held = await classes.of(item.value);
        try {
          if (random.next() < keepRate(held)) return item;
        } catch (error) {
          disposeElement(item.value);
          throw error;
        }
        disposeElement(item.value);
      }
    };
  });
}
