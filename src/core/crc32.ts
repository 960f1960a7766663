const POLYNOMIAL = 0xedb88320;

const TABLE = Int32Array.from({length: 256}, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; ++bit) value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
  return value;
});

/**
 * The CRC-32 of zip, gzip and PNG (ISO 3309): detects every change within 32 adjacent bits, and misses one in 2³² of
 * others.
 *
 * @param before The CRC of the preceding bytes.
 */
export function crc32(bytes: Uint8Array, before = 0): number {
  let crc = ~before;
  for (let i = 0; i < bytes.length; ++i) crc = (crc >>> 8) ^ TABLE[(crc ^ bytes[i]) & 0xff];
  return ~crc >>> 0;
}
