// The end of the HTML report: how the run was made, on what, and what its record proves.
import type { ComponentChildren } from 'preact';
import { CAPABILITIES } from '../schemas/generated/standard.ts';
import type { Record as RunRecord, Seed } from '../schemas/generated/types.ts';
import { counted, duration, moment } from './text.ts';
import { partSentences } from './words.ts';

/** A list of files longer than this is folded away. */
const FOLD = 8;

const Facts = ({ rows }: { rows: readonly (readonly [string, ComponentChildren])[] }) => (
  <dl class="facts">
    {rows.map(([name, value]) => (
      <>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </>
    ))}
  </dl>
);

interface Digested {
  readonly name: string;
  readonly sha256: string;
}

const File = ({ name, sha256 }: Digested) => (
  <div>
    <code>{name}</code>
    <br />
    <code class="digest">{sha256}</code>
  </div>
);

const Files = ({ files }: { files: readonly Digested[] }): ComponentChildren => {
  if (files.length === 0) return 'none';
  const list = files.map((one) => <File {...one} />);
  if (files.length <= FOLD) return list;
  return (
    <details>
      <summary>{counted(files.length, 'file', 'files')}</summary>
      {list}
    </details>
  );
};

const gibibytes = (bytes: string): string => `${(Number(bytes) / 2 ** 30).toFixed(1)} GiB`;

const Methods = ({ methods }: { methods: Readonly<Record<string, string>> }): ComponentChildren => {
  const rows = Object.entries(methods);
  if (rows.length === 0) return 'none';
  return (
    <details>
      <summary>
        {counted(rows.length, 'method', 'methods')}: native is one call of the product’s own
        interface, composed several, emulated the adapter’s own work
      </summary>
      {rows.map(([name, how]) => (
        <div>
          <code>{name}</code> {how}
        </div>
      ))}
    </details>
  );
};

const Declared = ({ subject: { identity } }: RunRecord) => {
  if (!identity) return null;
  const capabilities = Object.entries(identity.capabilities)
    .filter(([, value]) => value === true)
    .map(([name]) => name);
  const others = CAPABILITIES.filter((name) => !capabilities.includes(name));
  return (
    <>
      <h3>What the endpoint declared</h3>
      <Facts
        rows={[
          ['Revision', identity.protocolVersion],
          ['Capabilities', capabilities.join(', ') || 'none'],
          ['Not declared', others.join(', ') || 'none'],
          ['Methods', <Methods methods={identity.methods} />],
        ]}
      />
    </>
  );
};

const SEED_SOURCES: { readonly [S in Seed['source']]: string } = {
  random: 'drawn for this run',
  given: 'given on the command line',
  nonce: 'a nonce that a certifier gave out',
};

/** Who chose what the product was asked. */
const declaration = ({ seed }: RunRecord): string =>
  seed.source === 'nonce'
    ? 'The seed is said to be a certifier’s nonce, and who made the record had the endpoint at hand.'
    : 'This is a self-declared run: who made it chose the seed and had the endpoint at hand.';

const Proof = ({ record }: { record: RunRecord }) => (
  <div class="proof">
    <p>
      <b>What this record proves.</b> It holds a transcript that anyone can replay: from the plan,
      the journal and the wire log, <code>causeway replay</code> reaches the same verdicts or says
      where it does not.
    </p>
    <p>
      <b>What it does not prove.</b> That the transcript is the product’s. {declaration(record)} A
      signature says who claims it; only an audit against the live endpoint says that the transcript
      is the product’s.
    </p>
  </div>
);

const Run = ({ record }: { record: RunRecord }) => {
  const { run, standard, suite, subject, seed } = record;
  const { call, start, case: whole, stop } = run.deadlines;
  const parts = partSentences(record).map((part) => <div>{part}</div>);
  return (
    <Facts
      rows={[
        ['Started', moment(run.startedAt)],
        ['Took', `${duration(run.durationMs)}, ${run.how.replace('-', ' ')}`],
        ...(parts.length > 0 ? [['Parts', parts] as const] : []),
        ['Target', <code>{subject.target}</code>],
        ['Seed', `${seed.value}, ${SEED_SOURCES[seed.source]}`],
        [
          'Deadlines',
          `call ${duration(call)}, start ${duration(start)}, case ${duration(whole)}, stop ${duration(stop)}`,
        ],
        ['Suite', `${suite.name} ${suite.version}`],
        [
          'Standard',
          <>
            {standard.name} {standard.revision}
            <br />
            <code class="digest">{standard.digest}</code>
          </>,
        ],
      ]}
    />
  );
};

const Evidence = ({ subject, evidence }: RunRecord) => {
  const named = evidence.wire.map(({ file, sha256 }) => ({ name: file, sha256 }));
  const started = subject.files.map(({ path, sha256 }) => ({ name: path, sha256 }));
  const { plan, journal } = evidence;
  return (
    <Facts
      rows={[
        ['What was started', <Files files={started} />],
        ['Plan', <File name={plan.file} sha256={plan.sha256} />],
        ['Journal', <File name={journal.file} sha256={journal.sha256} />],
        ['Wire log', <Files files={named} />],
      ]}
    />
  );
};

/** The facts of the run, its evidence, and what that is worth. */
export const FactsPart = ({ record }: { record: RunRecord }) => {
  const { environment } = record;
  return (
    <>
      <h2>About this record</h2>
      <Proof record={record} />
      <h3>The run</h3>
      <Run record={record} />
      <h3>The machine</h3>
      <Facts
        rows={[
          ['System', `${environment.platform} ${environment.release}, ${environment.architecture}`],
          ['Processor', `${environment.processor}, ${counted(environment.cores, 'core', 'cores')}`],
          ['Memory', gibibytes(environment.memoryBytes)],
          ['Node', environment.node],
        ]}
      />
      <Declared {...record} />
      <h3>Files, with their SHA-256 digests</h3>
      <Evidence {...record} />
    </>
  );
};
