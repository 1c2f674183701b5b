// One case in the HTML report, whole: what decided, both sides, every attempt, the exchange, and how to try it again.
import type { ComponentChildren } from 'preact';
import type { AttemptView, CaseView, ExpectationView } from './case-view.ts';
import { Wire } from './html-wire.tsx';
import { counted } from './text.ts';

/** A text; beside another of as many lines, those that differ are marked. */
const Compared = ({ text, other = '' }: { text: string; other: string | undefined }) => {
  const lines = text.split('\n');
  const others = other.split('\n');
  const comparable = lines.length > 1 && lines.length === others.length;
  return (
    <pre>
      {lines.map((line, at) => (
        <>
          {at > 0 && '\n'}
          {comparable && line !== others[at] ? <mark>{line}</mark> : line}
        </>
      ))}
    </pre>
  );
};

/** Both sides of what decided, beside each other. */
const Sides = ({ expected, observed }: CaseView) =>
  expected === undefined && observed === undefined ? null : (
    <div class="sides">
      {expected !== undefined && (
        <figure>
          <figcaption>Expected</figcaption>
          <Compared text={expected} other={observed} />
        </figure>
      )}
      {observed !== undefined && (
        <figure>
          <figcaption>Observed</figcaption>
          <Compared text={observed} other={expected} />
        </figure>
      )}
    </div>
  );

const Expectation = ({ one }: { one: ExpectationView }) => (
  <tr>
    <td>
      <code>{one.id}</code>
    </td>
    <td class={`word ${one.held ? 'pass' : 'fail'}`}>{one.held ? 'held' : 'broken'}</td>
    <td data-label="expected">
      <code>{one.expected}</code>
    </td>
    <td data-label="observed">
      {one.observed === undefined ? <i class="soft">as expected</i> : <code>{one.observed}</code>}
      {one.from && <div class="soft">from {one.from}</div>}
    </td>
  </tr>
);

const Attempt = ({ attempt }: { attempt: AttemptView }) => (
  <>
    <h4>{attempt.title}</h4>
    {attempt.expectations.length === 0 ? (
      <p class="soft">It reached no expectation.</p>
    ) : (
      <table class="expectations">
        <thead>
          <tr>
            <th scope="col">Expectation</th>
            <th scope="col">Result</th>
            <th scope="col">Expected</th>
            <th scope="col">Observed</th>
          </tr>
        </thead>
        <tbody>
          {attempt.expectations.map((one) => (
            <Expectation one={one} />
          ))}
        </tbody>
      </table>
    )}
    {attempt.others > 0 && (
      <p class="soft">{counted(attempt.others, 'other', 'others')} held; the record has all.</p>
    )}
  </>
);

/** The wire as it is read; the page's script has more to offer there. */
const plainWire = (view: CaseView): ComponentChildren => view.wire && <Wire wire={view.wire} />;

interface CaseBodyProperties {
  readonly view: CaseView;
  /** Beside the command, what copies it. */
  readonly copy?: ComponentChildren;
  /** What stands for the wire, where there is one. */
  readonly exchange?: ComponentChildren;
}

/** The case under its heading, which is the place's own. */
export const CaseBody = ({ view, copy, exchange = plainWire(view) }: CaseBodyProperties) => (
  <div class="body">
    {view.reason && <p>{view.reason}</p>}
    {view.message && <p>{view.message}</p>}
    {view.decidedBy && (
      <p>
        Decided by <code>{view.decidedBy}</code>
      </p>
    )}
    {view.heldBy && <p>The refusals that it expects came from {view.heldBy}.</p>}
    <Sides {...view} />
    <h4>Reproduce {copy}</h4>
    <pre class="command">{view.reproduce}</pre>
    {view.attempts.map((attempt) => (
      <Attempt attempt={attempt} />
    ))}
    {view.wire && (
      <>
        <h4>On the wire: {counted(view.wire.entries, 'entry', 'entries')}</h4>
        {exchange}
      </>
    )}
    {view.places && <p class="soft small">In the wire log: {view.places}.</p>}
  </div>
);
