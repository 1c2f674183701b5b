// Where engines part, to be read and tried again: operator by operator the least input that shows it, what each subject
// answered, the row that decides, and the command that asks it once more.
import { linkTo } from '../anchor.ts';
import { Chip } from '../chip.tsx';
import { reportLink, type Subject } from '../comparison.ts';
import { grouped } from '../groups.ts';
import { requirementOf } from '../requirement.ts';
import { counted, shorten, shortenWords } from '../text.ts';
import { reproduce } from '../words.ts';
import type { Divergence, DivergentSubject, Said } from './divergences.ts';

/** So many in the page; the reports of the subjects have all. */
const MOST = 1000;
const TRIAL_LIMIT = 400;
const SAID_LIMIT = 200;

const place = ({ element, from }: Said): string => {
  if (element === undefined) return '';
  return from ? `element ${element}, where the inputs have ${from}` : `element ${element}`;
};

const value = ({ what, within }: Said): string =>
  shorten(within === undefined || within === 'exact' ? what : `${what} (${within})`, SAID_LIMIT);

const Answer = ({ answered, verdict }: Pick<DivergentSubject, 'answered' | 'verdict'>) => {
  switch (answered.kind) {
    case 'held':
      return <>as expected{verdict === 'fail' ? ' here, and not in another trial' : ''}</>;
    case 'refused':
      return <>refused, which it may</>;
    case 'untold':
      return <>nothing told: its case had ended before, or it refused this, which it may</>;
    case 'lost':
      return (
        <>
          <code>{shorten(answered.observed, SAID_LIMIT)}</code> instead of{' '}
          {shorten(answered.expected, SAID_LIMIT)}, here, or after it refused this, which it may
        </>
      );
    case 'broken':
      return (
        <>
          <code>{value(answered.observed)}</code> instead of <code>{value(answered.expected)}</code>
          {answered.expected.element !== undefined && (
            <span class="soft"> at {shorten(place(answered.expected), SAID_LIMIT)}</span>
          )}
        </>
      );
    default:
      return answered satisfies never;
  }
};

interface Side {
  readonly subject: Subject;
  readonly name: string;
  readonly own: DivergentSubject;
  readonly id: string;
}

const SubjectAnswer = ({ subject, name, own, id }: Side) => (
  <tr>
    <th scope="row">
      <a href={reportLink(subject.folder) + linkTo(id)}>{name}</a>
    </th>
    <td>
      <Chip verdict={own.verdict} />
    </td>
    <td>
      <Answer {...own} />
      <br />
      <code class="soft">{reproduce(subject.record, id)}</code>
    </td>
  </tr>
);

interface Shared {
  readonly subjects: readonly Subject[];
  readonly names: readonly string[];
}

const One = ({ divergence, subjects, names }: Shared & { divergence: Divergence }) => {
  const { requirement, type, trial, elements } = divergence;
  const text = requirementOf(requirement)?.text ?? '';
  return (
    <div class="divergence">
      <h3>
        {divergence.operator} of {type} <span class="soft">{requirement}</span>
      </h3>
      <p class="soft small">{shortenWords(text, 240)}</p>
      <p>
        <code>{shorten(trial, TRIAL_LIMIT)}</code>{' '}
        <span class="soft small">{counted(elements, 'element', 'elements')}</span>
      </p>
      <table>
        <tbody>
          {divergence.subjects.map((own) => {
            const subject = subjects[own.index];
            return (
              subject && (
                <SubjectAnswer
                  subject={subject}
                  name={names[own.index] ?? ''}
                  own={own}
                  id={divergence.case}
                />
              )
            );
          })}
        </tbody>
      </table>
    </div>
  );
};

/** Which rows decide, and of which types. */
const about = (own: readonly Divergence[]): string =>
  [...grouped(own, ({ requirement }) => requirement)]
    .map(([id, all]) => `${id} of ${[...new Set(all.map(({ type }) => type))].join(', ')}`)
    .join('; ');

/** All of them, by operator: closed, for there are many. */
export const DivergenceList = ({
  divergences,
  subjects,
  names,
}: Shared & { divergences: readonly Divergence[] }) => {
  if (divergences.length === 0) return null;
  const told = divergences.slice(0, MOST);
  return (
    <>
      <h2>Where they part</h2>
      <p class="soft small">
        {counted(divergences.length, 'trial', 'trials')} of operators that tell subjects apart: of
        each operator, type and subject the smallest that does. What a subject need not offer, and
        does not, is in the table above alone.
      </p>
      {[...grouped(told, ({ operator }) => operator)].map(([operator, own]) => (
        <details class="divergences">
          <summary>
            <b>{operator}</b> <span class="soft small">{about(own)}</span>
          </summary>
          {own.map((divergence) => (
            <One divergence={divergence} subjects={subjects} names={names} />
          ))}
        </details>
      ))}
      {told.length < divergences.length && (
        <p>{counted(divergences.length - MOST, 'trial', 'trials')} more, in the reports.</p>
      )}
    </>
  );
};
