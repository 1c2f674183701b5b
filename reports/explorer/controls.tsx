// The words and choices that narrow the list.
import type { RefObject } from 'preact';
import type { CaseIndex } from '../case-index.ts';
import { areaOf } from '../groups.ts';
import { counted } from '../text.ts';
import { VERDICTS, verdictWord } from '../words.ts';
import { type Filter, type Found, NO_FILTER, NOT_PASSED } from './filter.ts';

type Option = readonly [value: string, text: string];

const distinct = (values: readonly string[]): string[] => [...new Set(values)].filter(Boolean);

/** What there is to choose from: nothing that no case has. */
const optionsOf = ({
  clauses,
  verdicts,
}: CaseIndex): Record<keyof Omit<Filter, 'text'>, Option[]> => {
  const counts = new Map<string, number>();
  for (const verdict of verdicts) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  const areas = distinct(clauses.map(({ id }) => areaOf(id)));
  const layers = distinct(areas.map((area) => area.split('-')[0] ?? ''));
  return {
    verdict: [
      ['', 'every verdict'],
      [NOT_PASSED, 'what to look at'],
      ...VERDICTS.filter((verdict) => counts.has(verdict)).map(
        (verdict): Option => [
          verdict,
          `${verdictWord(verdict)}: ${counts.get(verdict)?.toLocaleString('en-US')}`,
        ],
      ),
    ],
    area: [
      ['', 'every area'],
      ...layers.flatMap((layer): Option[] => [
        [layer, `all of ${layer}`],
        ...areas.filter((area) => area.startsWith(`${layer}-`)).map((area): Option => [area, area]),
      ]),
    ],
    keyword: [
      ['', 'every keyword'],
      ...distinct(clauses.map(({ keyword }) => keyword)).map((one): Option => [one, one]),
    ],
    level: [
      ['', 'every level'],
      ...distinct(clauses.map(({ level }) => (level > 0 ? String(level) : '')))
        .sort()
        .map((one): Option => [one, `level ${one}`]),
    ],
  };
};

const LABELS = { verdict: 'Verdict', area: 'Area', keyword: 'Keyword', level: 'Level' } as const;

interface ControlsProperties {
  readonly index: CaseIndex;
  readonly filter: Filter;
  readonly found: Found;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly onFilter: (filter: Filter) => void;
  /** On to the list. */
  readonly onDone: () => void;
}

export const Controls = ({
  index,
  filter,
  found,
  search,
  onFilter,
  onDone,
}: ControlsProperties) => {
  const options = optionsOf(index);
  const isNarrowed = Object.values(filter).some((value) => value !== '');
  const total = counted(index.ids.length, 'case', 'cases');
  return (
    <search>
      <form
        class="controls"
        onSubmit={(event) => {
          event.preventDefault();
          onDone();
        }}
      >
        <input
          ref={search}
          type="search"
          placeholder="Search: an id, a word of a title or clause"
          aria-label="Search requirements and cases"
          aria-keyshortcuts="/"
          value={filter.text}
          onInput={(event) => onFilter({ ...filter, text: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown') return;
            event.preventDefault();
            onDone();
          }}
        />
        {(['verdict', 'area', 'keyword', 'level'] as const).map((name) => (
          <select
            key={name}
            aria-label={LABELS[name]}
            value={filter[name]}
            onChange={(event) => onFilter({ ...filter, [name]: event.currentTarget.value })}
          >
            {options[name].map(([value, text]) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </select>
        ))}
        <button type="button" disabled={!isNarrowed} onClick={() => onFilter(NO_FILTER)}>
          Show all
        </button>
        <output>{isNarrowed ? `${found.cases.toLocaleString('en-US')} of ${total}` : total}</output>
      </form>
    </search>
  );
};
