import {show} from '../../core/errors';

/** Describes a byte of the file, or undefined for its end. */
export function describeByte(byte: number | undefined): string {
  if (byte === undefined) return 'the end of the file';
  const isPrintable = byte > 0x20 && byte < 0x7f;
  return isPrintable ? show(String.fromCharCode(byte)) : `byte 0x${byte.toString(16).padStart(2, '0')}`;
}
