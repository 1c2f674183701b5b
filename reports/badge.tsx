// The outcome as a small picture, for a README or a page: the level, what came of it, and who says so.
import type { LongRecord } from '../core/list.ts';
import type { LevelReached } from '../schemas/generated/types.ts';
import type { Attestation } from './attestation.ts';
import { rendered } from './page.ts';
import { shorten } from './text.ts';
import { claimWord, levelName, outcomeWord } from './words.ts';

/** White letters can be read on each of them. */
const COLOURS: { readonly [O in LevelReached['outcome']]: string } = {
  conformant: '#167544',
  'non-conformant': '#b3261e',
  incomplete: '#8f6200',
  error: '#7d3fb0',
  'not-started': '#3b648f',
};

const LONGEST = 40;
const SHORT_KEY = 12;
const MARGIN = 8;

/** A picture cannot measure its letters: they are given about their width, and fitted to it. */
const letterWidth = (letter: string): number => {
  if (letter === '@') return 11;
  return /[A-Z0-9]/.test(letter) ? 7.4 : 6.3;
};

const widthOf = (text: string): number =>
  Math.round([...text].reduce((sum, letter) => sum + letterWidth(letter), 0));

/** Whose word a badge carries: a picture goes where the page around it does not, so it names the key itself. */
const wordOf = (record: LongRecord, attestation: Attestation | undefined): string => {
  // A run was made before anybody could certify it.
  if (attestation === undefined) return claimWord(record);
  return attestation.kind === 'certified'
    ? `certified by key ${shorten(attestation.key, SHORT_KEY)}`
    : attestation.kind;
};

const Words = ({ words, from }: { words: string; from: number }) => (
  <text x={from + MARGIN} y="14" textLength={widthOf(words)} lengthAdjust="spacingAndGlyphs">
    {words}
  </text>
);

interface BadgeProperties {
  readonly record: LongRecord;
  /** What was found of the run's bundle. */
  readonly attestation?: Attestation | undefined;
}

/** The badge, to be put into a page. */
export const Badge = ({ record, attestation }: BadgeProperties) => {
  const level = shorten(levelName(record), LONGEST);
  const outcome = `${outcomeWord(record)}, ${wordOf(record, attestation)}`;
  const left = widthOf(level) + 2 * MARGIN;
  const width = left + widthOf(outcome) + 2 * MARGIN;
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      width={width}
      height="20"
      viewBox={`0 0 ${width} 20`}
      role="img"
      aria-label={`${level}: ${outcome}`}
    >
      <rect width={width} height="20" rx="4" fill={COLOURS[record.profile.outcome]} />
      <path d={`M4 0h${left - 4}v20H4a4 4 0 0 1-4-4V4a4 4 0 0 1 4-4z`} fill="#3f464e" />
      <g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">
        <Words words={level} from={0} />
        <Words words={outcome} from={left} />
      </g>
    </svg>
  );
};

/** The badge as a file of its own. */
export const badge = (record: LongRecord, attestation?: Attestation): string =>
  `${rendered(<Badge record={record} attestation={attestation} />)}\n`;
