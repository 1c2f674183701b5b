// Monitors see each entry one after another: what its line says is read for the first and kept for the others.
import { readMessage } from '../../core/framing.ts';

let line = '';
let message: ReturnType<typeof readMessage>;

/** As readMessage. Nobody may alter what it gives. */
export const readOnce = (text: string): ReturnType<typeof readMessage> => {
  if (text !== line) {
    message = readMessage(text);
    line = text;
  }
  return message;
};
