// What went over the wire in one case, as people read a conversation: time, direction, what was said.
import type { ComponentChildren } from 'preact';
import type { Resident, WireEntry } from '../schemas/generated/types.ts';
import type { WireView } from './case-view.ts';
import { LINE_LIMIT } from './excerpts.ts';
import { spoken } from './exchange.ts';
import { counted, shorten } from './text.ts';

/** A line longer than this is folded. */
const FOLD = 400;

const Line = ({ text, whole = text }: { text: string; whole?: string }) =>
  text.length <= FOLD ? (
    <code>{text}</code>
  ) : (
    <details>
      <summary>
        <code>{shorten(text, 160)}</code>
      </summary>
      <pre>{whole}</pre>
      {whole.length >= LINE_LIMIT && <i>The rest is in the wire log.</i>}
    </details>
  );

/** A message by what it says; one that is no message as it was sent. */
const Message = ({ text, raw }: { text: string; raw: boolean }) => {
  const said = raw ? undefined : spoken(text);
  if (!said) return <Line text={text} />;
  return (
    <>
      <b class={said.refused ? 'refused' : ''}>{said.head}</b>{' '}
      {said.body !== undefined && (
        <Line text={JSON.stringify(said.body)} whole={JSON.stringify(said.body, null, 2)} />
      )}
    </>
  );
};

const Note = ({ children }: { children: ComponentChildren }) => (
  <span class="soft">{children}</span>
);

const heldText = (resident: Resident): string => {
  if (resident === 'no-process') return 'it is no process whose memory could be seen';
  if (resident === 'untold') return 'how much memory it holds, the system did not say';
  return `it holds ${resident} bytes of memory`;
};

type Told = readonly [arrow: string, meaning: string, said: ComponentChildren];

const told = (entry: WireEntry, raw: boolean): Told => {
  switch (entry.kind) {
    case 'send':
      return ['→', 'to the endpoint', <Message text={entry.text} raw={raw} />];
    case 'receive':
      return ['←', 'from the endpoint', <Message text={entry.text} raw={raw} />];
    case 'overlong':
      return [
        '←',
        'from the endpoint',
        <>
          <Note>longer than 1 MiB, cut:</Note> <Line text={entry.text} />
        </>,
      ];
    case 'open':
      return ['·', 'start', <Note>the endpoint is started</Note>];
    case 'timer':
      return ['·', 'deadline', <Note>a deadline was missed (timer {entry.timer})</Note>];
    case 'memory':
      return ['·', 'memory', <Note>{heldText(entry.resident)}</Note>];
    case 'close':
      return ['·', 'close', <Note>its stdin is closed</Note>];
    case 'kill':
      return ['·', 'kill', <Note>it is told to end: TERM, then KILL</Note>];
    case 'end':
      return [
        '·',
        'end',
        <>
          <Note>
            it ended: {entry.how}
            {entry.stderr && ', and logged: '}
          </Note>
          {entry.stderr && <Line text={entry.stderr} />}
        </>,
      ];
    default:
      return entry satisfies never;
  }
};

const Entry = ({ entry, raw }: { entry: WireEntry; raw: boolean }) => {
  const [arrow, meaning, said] = told(entry, raw);
  return (
    <li class={entry.kind}>
      <span class="time" title={`entry ${entry.n}`}>
        {(entry.t / 1000).toFixed(1)}
      </span>
      <span class="arrow" role="img" title={meaning} aria-label={meaning}>
        {arrow}
      </span>
      <div>{said}</div>
    </li>
  );
};

const Entries = ({ entries, raw }: { entries: readonly WireEntry[]; raw: boolean }) => (
  <>
    {entries.map((entry, index) => (
      <>
        {entry.session !== entries[index - 1]?.session && (
          <li class="note">
            session <code>{entry.session}</code>, times in ms since the run began
          </li>
        )}
        <Entry entry={entry} raw={raw} />
      </>
    ))}
  </>
);

/** A case's conversation; `raw` shows every message as it was sent. */
export const Wire = ({ wire, raw = false }: { wire: WireView; raw?: boolean }) => (
  <ol class="wire">
    <Entries entries={wire.first} raw={raw} />
    {wire.left > 0 && (
      <li class="note">
        {counted(wire.left, 'entry', 'entries')} left out here; the wire log has them
      </li>
    )}
    <Entries entries={wire.last} raw={raw} />
  </ol>
);
