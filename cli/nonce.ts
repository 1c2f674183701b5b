// `causeway nonce`: what a certifier gives a vendor for one run, and keeps until it certifies.
import { randomBytes } from 'node:crypto';
import { nonceOf } from '../evidence/nonce.ts';

const RANDOM_BYTES = 16;

export const nonceCommand = (): number => {
  process.stdout.write(`${nonceOf(new Date(), randomBytes(RANDOM_BYTES))}\n`);
  return 0;
};
