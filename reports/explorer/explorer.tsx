// Every requirement and case of a run, to search, to go through and to open.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { CaseIndex } from '../case-index.ts';
import type { CaseView } from '../case-view.ts';
import { Controls } from './controls.tsx';
import { CaseDetail, ClauseDetail, Nothing, Pane } from './detail.tsx';
import { clauseItem, finder, type Item, isClause } from './filter.ts';
import { List } from './list.tsx';
import { usePlace } from './use-place.ts';

/** The line of the list that an id stands for. */
const itemOf = ({ clauses, ids }: CaseIndex, id: string): Item | undefined => {
  if (id === '') return undefined;
  const clause = clauses.findIndex((one) => one.id === id);
  if (clause >= 0) return clauseItem(clause);
  const at = ids.indexOf(id);
  return at >= 0 ? at : undefined;
};

const idOf = ({ clauses, ids }: CaseIndex, item: Item): string =>
  (isClause(item) ? clauses[clauseItem(item)]?.id : ids[item]) ?? '';

interface ExplorerProperties {
  readonly index: CaseIndex;
  readonly viewOf: (at: number) => CaseView | undefined;
}

const Opened = ({ index, viewOf, id }: ExplorerProperties & { id: string }) => {
  const item = itemOf(index, id);
  if (id === '') return <Nothing index={index} />;
  const clause = item !== undefined && isClause(item) ? index.clauses[clauseItem(item)] : undefined;
  if (clause) return <ClauseDetail index={index} clause={clause} />;
  if (item === undefined) {
    return (
      <p>
        This report has no <code>{id}</code>.
      </p>
    );
  }
  const view = viewOf(item);
  return view ? <CaseDetail index={index} view={view} /> : null;
};

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input[type="search"], select');

export const Explorer = ({ index, viewOf }: ExplorerProperties) => {
  const { place, open, narrow } = usePlace();
  const find = useMemo(() => finder(index), [index]);
  const found = useMemo(() => find(place.filter), [find, place.filter]);
  const opened = useMemo(() => itemOf(index, place.id), [index, place.id]);
  const [active, setActive] = useState(0);
  const root = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const pane = useRef<HTMLElement>(null);

  // What is open is where the keys go on from; else a narrowed list begins at its first line.
  useEffect(() => {
    const at = opened === undefined ? -1 : found.items.indexOf(opened);
    setActive(Math.max(0, at));
  }, [found]);
  // The focus follows: to what was opened, and back to the list.
  const before = useRef('');
  useEffect(() => {
    const wasOpen = before.current !== '';
    before.current = place.id;
    if (place.id === '') {
      if (wasOpen) box.current?.focus({ preventScroll: true });
      return;
    }
    const at = opened === undefined ? -1 : found.items.indexOf(opened);
    if (at >= 0) setActive(at);
    root.current?.scrollIntoView();
    pane.current?.focus({ preventScroll: true });
    pane.current?.scrollTo(0, 0);
  }, [place.id]);

  const close = (): void => open('');
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && place.id !== '' && !isTyping(event.target)) close();
      else if (event.key === '/' && !isTyping(event.target)) search.current?.focus();
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  });

  return (
    <div class={place.id === '' ? 'explorer' : 'explorer open'} ref={root}>
      <Controls
        index={index}
        filter={place.filter}
        found={found}
        search={search}
        onFilter={narrow}
        onDone={() => box.current?.focus()}
      />
      <List
        index={index}
        items={found.items}
        active={active}
        opened={opened}
        box={box}
        onActive={setActive}
        onOpen={(item) => open(idOf(index, item))}
      />
      <Pane id={place.id} pane={pane} onClose={close}>
        <Opened index={index} viewOf={viewOf} id={place.id} />
      </Pane>
    </div>
  );
};
