// The record as one HTML file for people: the verdict first, then all that it rests on.
import type { Record as RunRecord } from '../schemas/generated/types.ts';
import type { Excerpts } from './excerpts.ts';
import { factsMarkup } from './html-facts.ts';
import { measuredMarkup } from './html-measured.ts';
import { requirementsMarkup } from './html-requirements.ts';
import { verdictMarkup } from './html-verdict.ts';
import { markup } from './markup.ts';
import { page } from './page.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';
import { PLOTS_STYLE } from './style-plots.ts';
import { REPORT_STYLE } from './style-report.ts';
import { headline, subjectName } from './words.ts';

/** The report. `excerpts` has, by case id, what went over the wire in it. */
export const html = (record: RunRecord, excerpts: Excerpts): string =>
  page({
    title: `${headline(record)}, ${subjectName(record)}`,
    style: STYLE + REPORT_STYLE + PLOTS_STYLE,
    script: SCRIPT,
    body: markup`<main>
${verdictMarkup(record)}
${requirementsMarkup(record, excerpts)}
${measuredMarkup([{ name: '', record }])}
${factsMarkup(record)}
</main>`,
  });
