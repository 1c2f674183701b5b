// The beginning of the HTML report: what a reader with ten seconds takes away.
import type { ComponentChildren } from 'preact';
import type { Counts, Record as RunRecord, Verdict } from '../schemas/generated/types.ts';
import { linkTo } from './anchor.ts';
import { Chip } from './chip.tsx';
import { countsInWords, present } from './counts.ts';
import { requirementOf } from './requirement.ts';
import { moment, shorten, shortenWords } from './text.ts';
import {
  adapterName,
  claimWord,
  exclusionsOf,
  levelName,
  missingItem,
  nativeShare,
  outcomeSentence,
  outcomeWord,
  subjectName,
  verdictWord,
} from './words.ts';

/** Of a requirement's text, in a list of several. */
const TEXT_LIMIT = 180;

interface CountsBarProperties {
  readonly counts: Counts;
  /** Where the cases of a verdict are, where there is such a place. */
  readonly linkOf?: (verdict: Verdict) => string;
}

/** The counts as a bar; nothing but lengths where words beside it say the same, and it has no label. */
export const Bar = ({ counts, label }: { counts: Counts; label?: string }) => (
  <div
    class="bar"
    {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
  >
    {present(counts).map((verdict) => (
      <i class={verdict} style={`flex-grow:${counts[verdict]}`} />
    ))}
  </div>
);

/** The counts as a bar, and as words for who does not see it. */
export const CountsBar = ({ counts, linkOf }: CountsBarProperties) => (
  <>
    <Bar counts={counts} label={countsInWords(counts)} />
    <ul class="counts">
      {present(counts).map((verdict) => (
        <li class={verdict}>
          <b>{counts[verdict].toLocaleString('en-US')}</b>{' '}
          {linkOf ? <a href={linkOf(verdict)}>{verdictWord(verdict)}</a> : verdictWord(verdict)}
        </li>
      ))}
    </ul>
  </>
);

/** What stands for a requirement in a list: its label, the way to it, and what there is to say. */
const Gap = ({
  id,
  linked = true,
  label,
  children,
}: {
  id: string;
  linked?: boolean;
  label?: ComponentChildren;
  children: ComponentChildren;
}) => (
  <li>
    {label && <span>{label}</span>}
    <p>
      {linked ? (
        <a href={linkTo(id)}>
          <code>{id}</code>
        </a>
      ) : (
        <code>{id}</code>
      )}{' '}
      <span class="soft">{children}</span>
    </p>
  </li>
);

const asked = (id: string): string => shortenWords(requirementOf(id)?.text ?? '', TEXT_LIMIT);

const MissingItem = ({ text, listed }: { text: string; listed: ReadonlySet<string> }) => {
  const item = missingItem(text);
  return item ? (
    <Gap id={item.id} linked={listed.has(item.id)} label={<Chip verdict={item.verdict} />}>
      {asked(item.id)}
    </Gap>
  ) : (
    <li>
      <span>
        <b class="chip non-conformant">missing</b>
      </span>
      <p>{text}</p>
    </li>
  );
};

const Missing = ({ record }: { record: RunRecord }) => {
  const listed = new Set(record.requirements.map((row) => row.id));
  if (record.profile.missing.length === 0) return null;
  return (
    <>
      <h2>What is missing for {levelName(record)}</h2>
      <ul class="gaps">
        {record.profile.missing.map((text) => (
          <MissingItem text={text} listed={listed} />
        ))}
      </ul>
    </>
  );
};

const Departures = ({ ids }: { ids: readonly string[] }) =>
  ids.length === 0 ? null : (
    <>
      <h2>Departures</h2>
      <p class="soft">SHOULD rows that failed: reported, and never in the way of the level.</p>
      <ul class="gaps">
        {ids.map((id) => (
          <Gap id={id}>{asked(id)}</Gap>
        ))}
      </ul>
    </>
  );

const Excluded = ({ record }: { record: RunRecord }) => {
  const items = exclusionsOf(record);
  if (items.length === 0) return null;
  return (
    <>
      <h2>Excluded</h2>
      <p class="soft">Disputed rows: run, shown, and not needed for the level.</p>
      <ul class="gaps">
        {items.map(({ id, verdict, dispute }) => (
          <Gap id={id} label={<Chip verdict={verdict} />}>
            {dispute}
          </Gap>
        ))}
      </ul>
    </>
  );
};

/** The verdict, the subject, the counts, and what is missing. */
export const VerdictPart = ({ record }: { record: RunRecord }) => {
  const adapter = adapterName(record);
  const { subject, standard, run, profile } = record;
  return (
    <>
      <header>
        <p class="over">
          {standard.name} {standard.revision} conformance report, {claimWord(record)}
        </p>
        <h1>
          {levelName(record)}: <span class={`word ${profile.outcome}`}>{outcomeWord(record)}</span>
        </h1>
        <p class="subject">{subjectName(record)}</p>
        <p class="over">
          {adapter && `adapter ${adapter}, `}target {subject.target}, {moment(run.startedAt)}
        </p>
        <p class="lead">{outcomeSentence(record)}</p>
        {!subject.started && subject.detail && (
          <pre class="command">{shorten(subject.detail, 4000)}</pre>
        )}
        {run.how === 'interrupted' && (
          <p>The run was interrupted: cases that it did not reach are not run.</p>
        )}
        <p>
          {nativeShare(record)}
          <span class="soft">, of those that passed, outside SYS and handle rows.</span>
        </p>
        <div class="tally">
          <CountsBar counts={record.summary} linkOf={(verdict) => `#?verdict=${verdict}`} />
        </div>
      </header>
      <Missing record={record} />
      <Departures ids={profile.departures} />
      <Excluded record={record} />
    </>
  );
};
