// The end of the HTML report: how the run was made, on what, and what its record proves.
import { CAPABILITIES } from '../schemas/generated/standard.ts';
import type {
  EvidenceFile,
  Record as RunRecord,
  Seed,
  StartedFile,
} from '../schemas/generated/types.ts';
import { type Markup, markup, type Part } from './markup.ts';
import { counted, duration, moment } from './text.ts';
import { partSentences } from './words.ts';

/** A list of files longer than this is folded away. */
const FOLD = 8;

const facts = (rows: readonly (readonly [string, Part])[]): Markup =>
  markup`<dl class="facts">${rows.map(([name, value]) => markup`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;

const file = (name: string, sha256: string): Markup =>
  markup`<div><code>${name}</code><br><code class="digest">${sha256}</code></div>`;

const files = (list: readonly Markup[]): Part => {
  if (list.length === 0) return 'none';
  if (list.length <= FOLD) return list;
  return markup`<details><summary>${counted(list.length, 'file', 'files')}</summary>${list}</details>`;
};

const evidenceFile = (one: EvidenceFile): Markup => file(one.file, one.sha256);
const startedFile = (one: StartedFile): Markup => file(one.path, one.sha256);

const gibibytes = (bytes: string): string => `${(Number(bytes) / 2 ** 30).toFixed(1)} GiB`;

const declared = ({ subject }: RunRecord): Part => {
  if (!subject.identity) return undefined;
  const capabilities = Object.entries(subject.identity.capabilities)
    .filter(([, value]) => value === true)
    .map(([name]) => name);
  const methods = Object.entries(subject.identity.methods).map(
    ([name, how]) => markup`<div><code>${name}</code> ${how}</div>`,
  );
  return markup`<h3>What the endpoint declared</h3>
${facts([
  ['Revision', subject.identity.protocolVersion],
  ['Capabilities', capabilities.join(', ') || 'none'],
  [
    'Not declared',
    CAPABILITIES.filter((name) => !capabilities.includes(name)).join(', ') || 'none',
  ],
  [
    'Methods',
    methods.length === 0
      ? 'none'
      : markup`<details><summary>${counted(methods.length, 'method', 'methods')}: native is one call of the product’s own interface, composed several, emulated the adapter’s own work</summary>${methods}</details>`,
  ],
])}`;
};

const SEED_SOURCES: { readonly [S in Seed['source']]: string } = {
  random: 'drawn for this run',
  given: 'given on the command line',
  nonce: 'a nonce that a certifier gave out',
};

const seedText = ({ seed }: RunRecord): string => `${seed.value}, ${SEED_SOURCES[seed.source]}`;

/** Who chose what the product was asked. */
const declaration = ({ seed }: RunRecord): string =>
  seed.source === 'nonce'
    ? 'The seed is said to be a certifier’s nonce, and who made the record had the endpoint at hand.'
    : 'This is a self-declared run: who made it chose the seed and had the endpoint at hand.';

const proof = (record: RunRecord): Markup => markup`<div class="proof">
<p><b>What this record proves.</b> It holds a transcript that anyone can replay: from the plan, the journal and the wire log, <code>causeway replay</code> reaches the same verdicts or says where it does not.</p>
<p><b>What it does not prove.</b> That the transcript is the product’s. ${declaration(record)} A signature says who claims it; only an audit against the live endpoint says that the transcript is the product’s.</p>
</div>`;

/** The facts of the run, its evidence, and what that is worth. */
export const factsMarkup = (record: RunRecord): Markup => {
  const { run, environment, standard, suite, subject, evidence } = record;
  const parts = partSentences(record);
  return markup`<h2>About this record</h2>
${proof(record)}
<h3>The run</h3>
${facts([
  ['Started', moment(run.startedAt)],
  ['Took', `${duration(run.durationMs)}, ${run.how.replace('-', ' ')}`],
  ...(parts.length > 0
    ? [['Parts', parts.map((part) => markup`<div>${part}</div>`)] as const]
    : []),
  ['Target', markup`<code>${subject.target}</code>`],
  ['Seed', seedText(record)],
  [
    'Deadlines',
    `call ${duration(run.deadlines.call)}, start ${duration(run.deadlines.start)}, case ${duration(run.deadlines.case)}, stop ${duration(run.deadlines.stop)}`,
  ],
  ['Suite', `${suite.name} ${suite.version}`],
  [
    'Standard',
    markup`${standard.name} ${standard.revision}<br><code class="digest">${standard.digest}</code>`,
  ],
])}
<h3>The machine</h3>
${facts([
  ['System', `${environment.platform} ${environment.release}, ${environment.architecture}`],
  ['Processor', `${environment.processor}, ${counted(environment.cores, 'core', 'cores')}`],
  ['Memory', gibibytes(environment.memoryBytes)],
  ['Node', environment.node],
])}
${declared(record)}
<h3>Files, with their SHA-256 digests</h3>
${facts([
  ['What was started', files(subject.files.map(startedFile))],
  ['Plan', evidenceFile(evidence.plan)],
  ['Journal', evidenceFile(evidence.journal)],
  ['Wire log', files(evidence.wire.map(evidenceFile))],
])}`;
};
