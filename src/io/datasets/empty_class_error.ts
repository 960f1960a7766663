import {ValueError} from '../../core/errors';
import {EXTENSIONS} from './images_in_folders';

const MOST_NAMED = 5;

/** Thrown for classes without images, which would otherwise go unnoticed. */
export class EmptyClassError extends ValueError {
  /**
   * @param path The folder of the classes.
   * @param empty The folders without images.
   * @param option The option that keeps such classes.
   */
  constructor(
    readonly path: string,
    readonly empty: readonly {folder: string}[],
    option = '`allowEmpty`',
  ) {
    const named = empty.slice(0, MOST_NAMED).map(({folder}) => folder);
    const more = empty.length > MOST_NAMED ? `, … ${empty.length} in all` : '';
    super(
      `Expected each class of ${path} to have images (${EXTENSIONS.join(', ')}). ` +
        `Received: none in ${named.join(', ')}${more} (${option} keeps classes without images)`,
    );
  }
}
