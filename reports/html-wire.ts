// What went over the wire in one case, as people read a conversation: time, direction, text.
import type { WireEntry } from '../schemas/generated/types.ts';
import { abridged, LINE_LIMIT } from './excerpts.ts';
import { type Markup, markup, type Part } from './markup.ts';
import { counted, shorten } from './text.ts';

/** A line longer than this is folded. */
const FOLD = 400;

const line = (text: string): Markup => {
  if (text.length <= FOLD) return markup`<code>${text}</code>`;
  const kept = shorten(text, LINE_LIMIT);
  const length = counted(text.length, 'character', 'characters');
  const rest = kept.length < text.length ? markup` <i>The rest is in the wire log.</i>` : '';
  return markup`<details><summary><code>${shorten(text, 160)}</code> ${length}</summary><code>${kept}</code>${rest}</details>`;
};

const mark = (arrow: string, meaning: string): Markup =>
  markup`<span title="${meaning}" aria-label="${meaning}">${arrow}</span>`;

const note = (text: Part): Markup => markup`<span class="soft">${text}</span>`;

const entryParts = (entry: WireEntry): readonly [Markup, Markup] => {
  switch (entry.kind) {
    case 'send':
      return [mark('→', 'to the endpoint'), line(entry.text)];
    case 'receive':
      return [mark('←', 'from the endpoint'), line(entry.text)];
    case 'overlong':
      return [
        mark('←', 'from the endpoint'),
        markup`${note('longer than 1 MiB, cut:')} ${line(entry.text)}`,
      ];
    case 'open':
      return [mark('·', 'start'), note('the endpoint is started')];
    case 'timer':
      return [mark('·', 'deadline'), note(`a deadline was missed (timer ${entry.timer})`)];
    case 'close':
      return [mark('·', 'close'), note('its stdin is closed')];
    case 'kill':
      return [mark('·', 'kill'), note('it is told to end: TERM, then KILL')];
    case 'end': {
      const log = entry.stderr && markup`, and logged: ${line(entry.stderr)}`;
      return [mark('·', 'end'), markup`${note(`it ended: ${entry.how}`)}${log}`];
    }
    default:
      return entry satisfies never;
  }
};

const item = (entry: WireEntry): Markup => {
  const [arrow, text] = entryParts(entry);
  return markup`<li class="${entry.kind}"><span class="time" title="entry ${entry.n}">${(entry.t / 1000).toFixed(1)}</span>${arrow}${text}</li>`;
};

const items = (entries: readonly WireEntry[]): Markup[] => {
  let session: string | undefined;
  return entries.flatMap((entry) => {
    if (entry.session === session) return [item(entry)];
    session = entry.session;
    return [
      markup`<li class="note">session <code>${session}</code>, times in ms since the run began</li>`,
      item(entry),
    ];
  });
};

/** A case's conversation, folded away unless `open`. */
export const wireMarkup = (entries: readonly WireEntry[], open: boolean): Markup => {
  const { first, left, last } = abridged(entries);
  const gap = markup`<li class="note">${counted(left, 'entry', 'entries')} left out here; the wire log has them</li>`;
  const shown = [items(first), left > 0 && [gap, items(last)]];
  return markup`<details class="wire"${open && markup` open`}><summary>On the wire: ${counted(entries.length, 'entry', 'entries')}</summary><ol>${shown}</ol></details>`;
};
