// Known-bad engines: what they keep of models that were unloaded (FRM-MOD-003).
import type { Mutant } from '../../../core/mutant.ts';
import { answersItself, hasNoRoomFor } from '../../defects.ts';
import { LOAD, UNLOAD } from './defects.ts';

/** Holds on to some of the models that it is told to unload. */
const keeps =
  (picks: (count: number) => boolean): Mutant['defect'] =>
  () =>
  () => {
    let unloaded = 0;
    return answersItself(UNLOAD, {}, () => {
      unloaded += 1;
      return picks(unloaded);
    });
  };

export const memoryMutants: readonly Mutant[] = [
  {
    id: 'FRM-MOD-003/keeps',
    title: 'keeps every model',
    requirement: 'FRM-MOD-003',
    breaks: 'FRM-MOD-003/memory',
    defect: keeps(() => true),
  },
  {
    id: 'FRM-MOD-003/keeps-some',
    title: 'keeps one model of two',
    requirement: 'FRM-MOD-003',
    breaks: 'FRM-MOD-003/memory',
    defect: keeps((count) => count % 2 === 0),
  },
  {
    id: 'FRM-MOD-003/slots',
    title: 'has room for thirty models, with those that were unloaded',
    requirement: 'FRM-MOD-003',
    breaks: 'FRM-MOD-003/cycle',
    defect: () => () => {
      let loads = 0;
      return hasNoRoomFor(LOAD, () => {
        loads += 1;
        return loads > 30;
      })();
    },
  },
];
