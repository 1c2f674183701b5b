// A verdict as a small label, the same on every page.
import type { Verdict } from '../schemas/generated/types.ts';
import { verdictWord } from './words.ts';

export const Chip = ({ verdict }: { verdict: Verdict }) => (
  <span class={`chip ${verdict}`}>{verdictWord(verdict)}</span>
);
