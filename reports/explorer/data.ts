// What the report carries for its script: the index of all cases at once, and the view of a case when it is asked for.
import { inflateSync, strFromU8, strToU8 } from 'fflate';
import type { CaseIndex } from '../case-index.ts';
import type { CaseView } from '../case-view.ts';

/** What reports/payload.ts packed. Each kind is ours and was made from the type that it is read as. */
const unpacked = (element: Element): unknown =>
  JSON.parse(strFromU8(inflateSync(strToU8(atob(element.textContent), true))));

export const readIndex = (): CaseIndex => {
  const element = document.querySelector('script.index');
  if (!element) throw new Error('the report has no index of its cases');
  return unpacked(element) as CaseIndex;
};

/** Gives the view of the case at a place of the index. A chunk is opened when it is needed, and the last one kept. */
export const viewReader = (): ((at: number) => CaseView | undefined) => {
  const chunks = [...document.querySelectorAll<HTMLElement>('script.views')].map((element) => ({
    element,
    from: Number(element.dataset['from']),
  }));
  let open: { from: number; views: readonly CaseView[] } | undefined;
  return (at) => {
    const chunk = chunks.findLast(({ from }) => from <= at);
    if (!chunk) return undefined;
    if (open?.from !== chunk.from)
      open = { from: chunk.from, views: unpacked(chunk.element) as CaseView[] };
    return open.views[at - chunk.from];
  };
};
