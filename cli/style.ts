// Colours where a person looks at them: never in a pipe or a file, and not against NO_COLOR.
import type { WriteStream } from 'node:tty';
import colors from 'yoctocolors';

const plain = (text: string): string => text;

/** The few styles that output uses, for one stream. */
export const styleFor = (stream: NodeJS.WriteStream | WriteStream) => {
  const coloured = stream.isTTY === true && process.env['NO_COLOR'] === undefined;
  const { bold, dim, green, red, yellow } = colors;
  return coloured
    ? { bold, dim, green, red, yellow }
    : { bold: plain, dim: plain, green: plain, red: plain, yellow: plain };
};
