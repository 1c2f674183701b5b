// What every report says in the same words: outcomes, verdicts, the subject, the way to reproduce a case.
import type { LongRecord } from '../core/list.ts';
import { explain } from '../core/verdict.ts';
import type {
  Deadlines,
  LevelReached,
  Origin,
  Result,
  Verdict,
} from '../schemas/generated/types.ts';
import { moment, oneLine } from './text.ts';

/** In the order in which reports count them. */
export const VERDICTS = [
  'pass',
  'fail',
  'error',
  'inconclusive',
  'not-run',
  'not-applicable',
] as const satisfies readonly Verdict[];

/** A verdict as people write it. */
export const verdictWord = (verdict: Verdict): string => verdict.replace('-', ' ');

/** Whether a verdict is one to look at first. */
export const isBad = (verdict: Verdict): boolean => verdict === 'fail' || verdict === 'error';

/** Whether a verdict leaves a requirement undecided. */
export const isOpen = (verdict: Verdict): boolean =>
  verdict === 'inconclusive' || verdict === 'not-run';

const OUTCOMES: { readonly [O in LevelReached['outcome']]: { word: string; sentence: string } } = {
  conformant: {
    word: 'conformant',
    sentence: 'Every MUST row of this level passed or does not apply.',
  },
  'non-conformant': {
    word: 'non-conformant',
    sentence: 'A MUST row failed, or a capability that this level needs is not declared.',
  },
  incomplete: {
    word: 'incomplete',
    sentence: 'No MUST row failed, and one or more of this level were not decided.',
  },
  error: {
    word: 'error',
    sentence: 'The suite or the machine failed. This says nothing against the product.',
  },
  'not-started': {
    word: 'not started',
    sentence: 'The endpoint did not start, so nothing was measured.',
  },
};

/** `DRV-MEMORY@1`. */
export const levelName = (record: LongRecord): string =>
  oneLine(`${record.profile.id}@${record.profile.level}`);

/** The outcome in a word or two. */
export const outcomeWord = (record: LongRecord): string => OUTCOMES[record.profile.outcome].word;

/** The verdict of a whole run: `DRV-MEMORY@1: conformant`. */
export const headline = (record: LongRecord): string =>
  `${levelName(record)}: ${outcomeWord(record)}`;

/** What the outcome means, in a sentence. */
export const outcomeSentence = (record: LongRecord): string =>
  OUTCOMES[record.profile.outcome].sentence;

/** Vendor, product and version; the target where the endpoint never said who it is. */
export const subjectName = ({ subject }: LongRecord): string => {
  const product = subject.identity?.product;
  return oneLine(product ? `${product.vendor} ${product.name} ${product.version}` : subject.target);
};

/** `example 0.1.0`; empty where the endpoint never said it. */
export const adapterName = ({ subject }: LongRecord): string => {
  const adapter = subject.identity?.adapter;
  return adapter ? oneLine(`${adapter.name} ${adapter.version}`) : '';
};

/** How much of what passed was the product's own work. */
export const nativeShare = ({ profile }: LongRecord): string => {
  const { native, of } = profile.nativeShare;
  if (of === 0) return 'No passed MUST row counts towards the native share';
  const rows = of === 1 ? 'MUST row was' : 'MUST rows were';
  return `${native} of ${of} ${rows} carried by the product itself`;
};

/** Who chose what the product was asked, in a few words. */
export const claimWord = ({ seed }: LongRecord): string =>
  seed.source === 'nonce' ? 'run on a certifier’s nonce' : 'self-declared';

/** What a run is a part of, or was put together from, in a sentence for each part; nothing where it is one. */
export const partSentences = ({ run }: LongRecord): string[] => [
  ...(run.shard ? [`Shard ${run.shard.index} of ${run.shard.of}.`] : []),
  ...run.resumed.map(({ at, again, shard }) => {
    if (shard) {
      const { processor, platform, release } = shard.environment;
      return oneLine(
        `Merged with shard ${shard.index} of ${shard.of}, begun ${moment(at)} on ${processor}, ${platform} ${release}.`,
      );
    }
    const tried = again === undefined ? '' : `, with ${again} tried again`;
    return oneLine(`Went on ${moment(at)} after it was cut${tried}.`);
  }),
];

/** Who a refusal came from. */
export const originWord = (origin: Origin): string => {
  switch (origin) {
    case 'native':
      return 'the product itself';
    case 'adapter':
      return 'the adapter';
    case 'kit':
      return 'the kit';
    default:
      return origin satisfies never;
  }
};

/** The reason with the registry's sentence; empty on a pass. */
export const reasonText = (result: Result): string => {
  if (result.reason === undefined) return '';
  const sentence = explain(result.reason);
  return sentence === result.reason ? sentence : `${result.reason}: ${sentence}`;
};

/** What decided, as one line: its message, or its reason where it has none. */
export const decision = (result: Result): string => oneLine(result.message || reasonText(result));

/** An item of `missing`: a requirement with its verdict, or a plain text (a capability). */
export const missingItem = (text: string): { id: string; verdict: Verdict } | undefined => {
  const [id, word, ...rest] = text.split(' ');
  const verdict = VERDICTS.find((one) => one === word);
  return id && verdict && rest.length === 0 ? { id, verdict } : undefined;
};

/** The disputed rows that this level does not need: what each came to, who disputes it, and why. */
export const exclusionsOf = (
  record: LongRecord,
): { id: string; verdict: Verdict; dispute: string }[] =>
  (record.profile.excluded ?? []).map(({ requirement, who, why, until }) => ({
    id: requirement,
    verdict: record.requirements.find((row) => row.id === requirement)?.verdict ?? 'not-run',
    dispute: oneLine(`disputed by ${who} until ${until}: ${why}`),
  }));

/** An argument as a shell reads it: people paste the command, and a target may hold anything. */
export const argument = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** From a request to its reply, in milliseconds, where nobody says otherwise. */
const USUAL_CALL = 10_000;

/** The option that a run with these deadlines was given. */
export const timeoutOption = ({ call }: Deadlines): string[] =>
  call === USUAL_CALL ? [] : ['--timeout', String(call / 1000)];

/** The command that tries one case again as this run did. */
export const reproduce = (record: LongRecord, caseId: string): string =>
  [
    'causeway run',
    argument(oneLine(record.subject.target)),
    '--only',
    argument(oneLine(caseId)),
    '--seed',
    argument(oneLine(record.seed.value)),
    '--profile',
    argument(oneLine(levelName(record))),
    ...timeoutOption(record.run.deadlines),
  ].join(' ');
