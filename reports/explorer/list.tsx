// The list of requirements and their cases: of any length, and gone through by keys alone.
import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import type { CaseIndex } from '../case-index.ts';
import { Chip } from '../chip.tsx';
import { tally } from '../html-requirements.tsx';
import { clauseItem, type Item, isClause } from './filter.ts';
import { rowHeight, showRow, useRowsInView } from './use-rows-in-view.ts';

const Line = ({ index, item }: { index: CaseIndex; item: Item }) => {
  const clause = isClause(item) ? index.clauses[clauseItem(item)] : undefined;
  const verdict = clause?.verdict ?? index.verdicts[item] ?? 'not-run';
  return (
    <>
      <span class="line">
        {clause ? <code>{clause.id}</code> : <span class="cut">{index.titles[item]}</span>}
        {clause && <span class="keyword">{clause.keyword}</span>}
        {clause && <span class="cut soft">{tally(index, clause)}</span>}
        <Chip verdict={verdict} />
      </span>
      <span class="line">
        {clause ? (
          <span class="cut">{clause.text}</span>
        ) : (
          <code class="cut soft">{index.ids[item]}</code>
        )}
      </span>
    </>
  );
};

interface ListProperties {
  readonly index: CaseIndex;
  readonly items: readonly Item[];
  /** The place in `items` that the keys have reached. */
  readonly active: number;
  readonly opened: Item | undefined;
  readonly box: RefObject<HTMLDivElement | null>;
  readonly onActive: (at: number) => void;
  readonly onOpen: (item: Item) => void;
}

/** Where a key leads, from a place among `count`; undefined for a key that leads nowhere. */
const moved = (key: string, at: number, count: number, page: number): number | undefined => {
  const steps: { readonly [key: string]: number } = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: count - 1,
  };
  const to = steps[key];
  return to === undefined ? undefined : Math.max(0, Math.min(to, count - 1));
};

export const List = ({ index, items, active, opened, box, onActive, onOpen }: ListProperties) => {
  const { from, to } = useRowsInView(box, items.length);
  const row = rowHeight();
  useLayoutEffect(() => {
    if (box.current && items.length > 0) showRow(box.current, active);
  }, [active, items, box]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const page = Math.floor((box.current?.clientHeight ?? row) / row);
    const next = moved(event.key, active, items.length, page);
    const item = items[active];
    if (next !== undefined) onActive(next);
    else if (event.key === 'Enter' && item !== undefined) onOpen(item);
    else return;
    event.preventDefault();
  };
  return (
    <div
      class="list"
      ref={box}
      role="listbox"
      tabIndex={0}
      aria-label="Requirements and cases"
      aria-activedescendant={items.length > 0 ? `item-${active}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ height: `${items.length * row}px` }}>
        {items.slice(from, to).map((item, offset) => {
          const at = from + offset;
          const classes = [isClause(item) ? 'clause' : 'case', at === active && 'active'];
          return (
            // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus, and names its active option
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list hears the keys
            <div
              key={at}
              id={`item-${at}`}
              role="option"
              aria-selected={item === opened}
              aria-posinset={at + 1}
              aria-setsize={items.length}
              class={classes.filter(Boolean).join(' ')}
              style={{ top: `${at * row}px`, height: `${row}px` }}
              onClick={() => {
                onActive(at);
                onOpen(item);
              }}
            >
              <Line index={index} item={item} />
            </div>
          );
        })}
      </div>
    </div>
  );
};
