// The error registry as a page: every refusal that the standard knows, and which methods give it.
import { ERRORS, METHODS } from '../../schemas/generated/standard.ts';
import { counted } from '../text.ts';
import { sitePage, Up } from './frame.tsx';
import { methodPlace } from './prose.ts';

const MethodsOf = ({ reason }: { reason: string }) => {
  const names = Object.entries(METHODS).flatMap(([name, { errors }]) =>
    errors.some((one) => one === reason) ? [name] : [],
  );
  if (names.length === 0) return null;
  return (
    <details>
      <summary>{counted(names.length, 'method', 'methods')}</summary>
      <ul class="plain">
        {names.map((name) => (
          <li>
            <a href={methodPlace(name)}>
              <code>{name}</code>
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
};

/** The page of all errors. */
export const errorsPage = (): string =>
  sitePage({
    path: 'standard/errors.html',
    title: 'Errors',
    main: (
      <>
        <Up />
        <h1>Errors</h1>
        <p class="soft">
          Level 1 compares an error’s canonical, level 2 its reason too, and no level its text.
        </p>
        {ERRORS.map((row) => (
          <section class="requirement" id={row.reason}>
            <h2>
              <code>
                {row.canonical}/{row.reason}
              </code>
            </h2>
            <p class="over">
              code {row.code}
              {'retryable' in row && ', retryable'}
            </p>
            <p>{row.text}</p>
            <MethodsOf reason={row.reason} />
          </section>
        ))}
      </>
    ),
  });
