// The first page of a site: every product with the level it reached, who stands for that, and its reports.
import { STANDARD } from '../../schemas/generated/standard.ts';
import type { Attestation } from '../attestation.ts';
import { Badge } from '../badge.tsx';
import { total } from '../counts.ts';
import { CountsBar } from '../html-verdict.tsx';
import { counted, moment, shortenWords } from '../text.ts';
import { adapterName, levelName, nativeShare, outcomeWord, subjectName } from '../words.ts';
import { sitePage } from './frame.tsx';
import type { Product, SiteRun } from './registry.ts';

/** What lies in each run's folder, and what to call it. */
const FILES = [
  ['report.html', 'report'],
  ['report.md', 'Markdown'],
  ['record.json', 'record'],
  ['junit.xml', 'JUnit'],
  ['ctrf.json', 'CTRF'],
  ['badge.svg', 'badge'],
] as const;

/** A version may be a list of all that a product was built with. */
const LONGEST_NAME = 80;

const AttestationPart = ({ attestation }: { attestation: Attestation }) =>
  attestation.kind === 'certified' ? (
    <p class="attestation">
      <b class="word conformant">certified</b> by {attestation.by}, with the key{' '}
      <code>{attestation.key}</code>
      {!attestation.trusted && ', which nobody named as trusted when these pages were made'}
    </p>
  ) : (
    <p class="attestation">
      <b>self-declared</b>
      {attestation.signedBy !== undefined && (
        <>
          , signed with the key <code>{attestation.signedBy}</code>
        </>
      )}
      {attestation.why !== undefined && ` (${attestation.why})`}
    </p>
  );

/** What a run is in the list of its product's. */
const HistoryRow = ({ run: { folder, record, attestation } }: { run: SiteRun }) => (
  <tr>
    <td>
      <a href={`./${folder}/report.html`}>{moment(record.run.startedAt)}</a>
    </td>
    <td>{record.subject.identity?.product.version}</td>
    <td>
      <span class={`word ${record.profile.outcome}`}>{outcomeWord(record)}</span>,{' '}
      {attestation.kind}
    </td>
    <td>
      {record.summary.pass} of {total(record.summary)} cases pass
    </td>
    <td>
      <CountsBar counts={record.summary} />
    </td>
  </tr>
);

const History = ({ runs }: { runs: readonly SiteRun[] }) => (
  <details>
    <summary>{counted(runs.length, 'run', 'runs')}, the newest first</summary>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is to be scrolled by keys */}
    <div class="scroll" tabIndex={0}>
      <table class="history">
        <thead>
          <tr>
            {['began', 'version', 'outcome', 'passes', 'verdicts'].map((title) => (
              <th scope="col">{title}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <HistoryRow run={run} />
          ))}
        </tbody>
      </table>
    </div>
  </details>
);

const ProductPart = ({ newest, runs }: Product) => {
  const { folder, record, attestation, note } = newest;
  const adapter = adapterName(record);
  return (
    <article class="product">
      <h2>
        <a href={`./${folder}/report.html`}>{shortenWords(subjectName(record), LONGEST_NAME)}</a>
      </h2>
      <p class="over">
        {adapter && `adapter ${adapter}, `}target {record.subject.target},{' '}
        {moment(record.run.startedAt)}
      </p>
      <p class="badge">
        <Badge record={record} attestation={attestation} />
      </p>
      <AttestationPart attestation={attestation} />
      {note !== undefined && <p class="small">{note}</p>}
      <CountsBar counts={record.summary} />
      <p class="small soft">{nativeShare(record)}.</p>
      <p class="small files">
        {FILES.map(([file, words]) => (
          <a href={`./${folder}/${file}`}>{words}</a>
        ))}
      </p>
      {runs.length > 1 && <History runs={runs} />}
    </article>
  );
};

/** The page of all products. */
export const homePage = (products: readonly Product[]): string => {
  const conformant = products.filter(
    ({ newest }) => newest.record.profile.outcome === 'conformant',
  ).length;
  const levels = [...new Set(products.map(({ newest }) => levelName(newest.record)))].join(', ');
  const title = `${counted(products.length, 'product', 'products')}, ${conformant} conformant`;
  return sitePage({
    path: 'index.html',
    title: `${STANDARD.name} conformance: ${title}`,
    main: (
      <>
        <p class="over">
          Conformance to {STANDARD.name} {STANDARD.revision}: {levels}
        </p>
        <h1>{title}</h1>
        <p class="soft">
          A product is here once for each profile and level that it was judged by.{' '}
          <b>Self-declared</b>: its maker ran the suite, or somebody else who had it at hand.{' '}
          <b>Certified</b>: a body gave out the data of the run, and its certificate was verified
          against all evidence, every verdict computed again. The evidence is not here; each record
          names it by its digests.
        </p>
        {products.map((product) => (
          <ProductPart {...product} />
        ))}
      </>
    ),
  });
};
