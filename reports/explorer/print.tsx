// Cases that were not passed and found no room in the page itself are put there before it is printed.
import { render } from 'preact';
import { type CaseIndex, notPassed } from '../case-index.ts';
import type { CaseView } from '../case-view.ts';
import { WholeCase } from '../html-requirements.tsx';

export const printOthers = (
  index: CaseIndex,
  viewOf: (at: number) => CaseView | undefined,
): void => {
  const others = document.getElementById('others');
  if (!others) return;
  const show = (): void => {
    const views = notPassed(index).slice(Number(others.dataset['from'])).map(viewOf);
    others.replaceChildren();
    render(
      views.map((view) => view && <WholeCase key={view.id} view={view} />),
      others,
    );
  };
  const paper = matchMedia('print');
  paper.addEventListener('change', ({ matches }) => (matches ? show() : render(null, others)));
};
