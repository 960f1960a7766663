import {checkOptions} from '../core/check_options';
import {requireChoice} from '../core/require_choice';
import {requireNumber} from '../core/require_number';
import type {Look, Setting} from './theme';

const SETTINGS: readonly Setting[] = ['standalone', 'inline', 'image'];
/** In pixels: no screen is wider. */
const WIDEST = 100_000;

/**
 * Checks the `Look` options of a picture, and that all option names are known.
 *
 * @param of The function that takes them, for messages.
 * @param more Names of its other options.
 * @throws ValueError for unknown options and an invalid look.
 */
export function checkLook(of: string, options: Look, more: readonly string[] = []): void {
  checkOptions(of, options, ['setting', 'width', ...more]);
  const {setting, width} = options;
  if (setting !== undefined) requireChoice('setting', setting, SETTINGS);
  if (width !== undefined) requireNumber('width', width, 0, WIDEST);
}
