// The beginning of the HTML report: what a reader with ten seconds takes away.
import type { Counts, Record as RunRecord } from '../schemas/generated/types.ts';
import { requirementOf } from './groups.ts';
import { chip } from './html-case.ts';
import { linkTo, type Markup, markup, type Part } from './markup.ts';
import { moment, shorten, shortenWords } from './text.ts';
import {
  adapterName,
  exclusionsOf,
  levelName,
  missingItem,
  nativeShare,
  outcomeSentence,
  outcomeWord,
  subjectName,
  VERDICTS,
  verdictWord,
} from './words.ts';

/** The counts as a bar, and as words for who does not see it. */
export const countsMarkup = (counts: Counts): Markup => {
  const present = VERDICTS.filter((verdict) => counts[verdict] > 0);
  const text = present.map((verdict) => `${counts[verdict]} ${verdictWord(verdict)}`).join(', ');
  const parts = present.map(
    (verdict) => markup`<i class="${verdict}" style="flex-grow:${counts[verdict]}"></i>`,
  );
  const items = present.map(
    (verdict) =>
      markup`<li class="${verdict}"><b>${counts[verdict].toLocaleString('en-US')}</b> ${verdictWord(verdict)}</li>`,
  );
  return markup`<div class="bar" role="img" aria-label="${text}">${parts}</div><ul class="counts">${items}</ul>`;
};

const missing = (record: RunRecord): Part => {
  const listed = new Set(record.requirements.map((row) => row.id));
  const items = record.profile.missing.map((text) => {
    const item = missingItem(text);
    if (!item)
      return markup`<li><span><b class="chip non-conformant">missing</b></span><p>${text}</p></li>`;
    const id = markup`<code>${item.id}</code>`;
    const link = listed.has(item.id) ? markup`<a href="${linkTo('row', item.id)}">${id}</a>` : id;
    const asks = requirementOf(item.id)?.text ?? '';
    return markup`<li><span>${chip(item.verdict)}</span><p>${link} <span class="soft">${shortenWords(asks, 180)}</span></p></li>`;
  });
  if (items.length === 0) return undefined;
  return markup`<h2>What is missing for ${levelName(record)}</h2><ul class="gaps">${items}</ul>`;
};

const departures = (record: RunRecord): Part => {
  if (record.profile.departures.length === 0) return undefined;
  const items = record.profile.departures.map(
    (id) =>
      markup`<li><p><a href="${linkTo('row', id)}"><code>${id}</code></a> <span class="soft">${shortenWords(requirementOf(id)?.text ?? '', 180)}</span></p></li>`,
  );
  return markup`<h2>Departures</h2><p class="soft">SHOULD rows that failed: reported, and never in the way of the level.</p><ul class="gaps">${items}</ul>`;
};

const excluded = (record: RunRecord): Part => {
  const items = exclusionsOf(record).map(
    ({ id, verdict, dispute }) =>
      markup`<li><span>${chip(verdict)}</span><p><a href="${linkTo('row', id)}"><code>${id}</code></a> <span class="soft">${dispute}</span></p></li>`,
  );
  if (items.length === 0) return undefined;
  return markup`<h2>Excluded</h2><p class="soft">Disputed rows: run, shown, and not needed for the level.</p><ul class="gaps">${items}</ul>`;
};

/** The verdict, the subject, the counts, and what is missing. */
export const verdictMarkup = (record: RunRecord): Markup => {
  const adapter = adapterName(record);
  const { subject, standard, run, profile } = record;
  return markup`<header>
<p class="over">${standard.name} ${standard.revision} conformance report</p>
<h1>${levelName(record)}: <span class="word ${profile.outcome}">${outcomeWord(record)}</span></h1>
<p class="subject">${subjectName(record)}</p>
<p class="over">${adapter && `adapter ${adapter}, `}target ${subject.target}, ${moment(run.startedAt)}</p>
<p class="lead">${outcomeSentence(record)}</p>
${!subject.started && subject.detail && markup`<pre class="command">${shorten(subject.detail, 4000)}</pre>`}
${run.how === 'interrupted' && markup`<p>The run was interrupted: cases that it did not reach are not run.</p>`}
<p>${nativeShare(record)}<span class="soft">, of those that passed, outside SYS and handle rows.</span></p>
<div class="tally">${countsMarkup(record.summary)}</div>
</header>
${missing(record)}
${departures(record)}
${excluded(record)}`;
};
