// What the page of several subjects says of operators: nothing where no subject has any.
import type { Comparison } from '../comparison.ts';
import { DivergenceList } from './divergence-list.tsx';
import { divergencesOf } from './divergences.ts';
import { SubjectsNearness } from './nearness-table.tsx';
import { hasOperators, operatorRows } from './standing.ts';
import { OperatorMatrix } from './table.tsx';

export const OperatorsPart = (comparison: Pick<Comparison, 'subjects' | 'names'>) => {
  const own = comparison.subjects.flatMap((subject, index) =>
    hasOperators(subject) ? [{ subject, name: comparison.names[index] ?? '' }] : [],
  );
  if (own.length === 0) return null;
  const subjects = own.map(({ subject }) => subject);
  const names = own.map(({ name }) => name);
  return (
    <>
      <OperatorMatrix subjects={subjects} names={names} rows={operatorRows(subjects)} />
      <DivergenceList divergences={divergencesOf(subjects)} subjects={subjects} names={names} />
      <SubjectsNearness subjects={subjects} names={names} />
    </>
  );
};
