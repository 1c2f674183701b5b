// How fields of protocol buffers are read here: by their numbers, and packed or not, as writers may write either.
import { PbfReader, PbfWriter } from 'pbf';

/** What bytes say that are not understood here. */
export class ModelError extends Error {}

/** Fields of a message, each read by what stands at its number; others are passed over. */
export const fields =
  <T>(readers: Readonly<Record<number, (from: PbfReader, result: T) => void>>) =>
  (field: number, result: T, from: PbfReader): void =>
    readers[field]?.(from, result);

/** A number, or the numbers of a packed field: writers may write either. */
export const oneOrPacked = (
  from: PbfReader,
  one: () => number,
  packed: () => number[],
): number[] => (from.type === 2 ? packed() : [one()]);

export const varints = (from: PbfReader): number[] =>
  oneOrPacked(
    from,
    () => from.readVarint(true),
    () => from.readPackedVarint([], true),
  );

export const floats = (from: PbfReader): number[] =>
  oneOrPacked(
    from,
    () => from.readFloat(),
    () => from.readPackedFloat(),
  );

/** A reader that stands before a message, as it would within another. */
export const readerOf = (bytes: Uint8Array): PbfReader => {
  const whole = new PbfWriter();
  whole.writeBytesField(1, bytes);
  const from = new PbfReader(whole.finish());
  from.nextField();
  return from;
};
