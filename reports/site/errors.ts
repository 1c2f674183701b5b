// The error registry as a page: every refusal that the standard knows, and which methods give it.
import { ERRORS, METHODS } from '../../schemas/generated/standard.ts';
import { type Markup, markup } from '../markup.ts';
import { counted } from '../text.ts';
import { sitePage } from './frame.ts';
import { methodPlace } from './prose.ts';

const methodsOf = (reason: string): Markup | undefined => {
  const names = Object.entries(METHODS).flatMap(([name, { errors }]) =>
    errors.some((one) => one === reason) ? [name] : [],
  );
  return names.length === 0
    ? undefined
    : markup`<details><summary>${counted(names.length, 'method', 'methods')}</summary><ul class="plain">${names.map((name) => markup`<li><a href="${methodPlace(name)}"><code>${name}</code></a></li>`)}</ul></details>`;
};

/** The page of all errors. */
export const errorsPage = (): string =>
  sitePage({
    path: 'standard/errors.html',
    title: 'Errors',
    main: markup`<p class="over"><a href="index.html">Standard</a></p><h1>Errors</h1>
<p class="soft">Level 1 compares an error’s canonical, level 2 its reason too, and no level its text.</p>
${ERRORS.map(
  (row) => markup`<section class="requirement" id="${row.reason}">
<h2><code>${row.canonical}/${row.reason}</code></h2>
<p class="over">code ${row.code}${'retryable' in row && ', retryable'}</p>
<p>${row.text}</p>
${methodsOf(row.reason)}
</section>
`,
)}`,
  });
