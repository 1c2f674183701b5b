// Which runs are runs of one product - all of it but its version, which moves on - and when each began.
import type { LongRecord } from '../core/list.ts';
import { oneLine } from './text.ts';

/** Vendor, product, adapter and target, as one text: the same for two runs of one product. */
export const productKey = ({ subject: { identity, target } }: LongRecord): string => {
  const { vendor, name } = identity?.product ?? {};
  return JSON.stringify([vendor, name, identity?.adapter?.name, target]);
};

/** Whether two runs are of one product. An endpoint that never said what it is, is known by its target alone. */
export const isSameProduct = (one: LongRecord, other: LongRecord): boolean =>
  one.subject.identity && other.subject.identity
    ? productKey(one) === productKey(other)
    : one.subject.target === other.subject.target;

/** What tells a product from others, in words. */
export const productWords = ({ subject: { identity, target } }: LongRecord): string => {
  const { product, adapter } = identity ?? {};
  return oneLine(
    [
      ...(product ? [`${product.vendor} ${product.name}`] : []),
      ...(adapter ? [`adapter ${adapter.name}`] : []),
      `target ${target}`,
    ].join(', '),
  );
};

/** When a run began, to put runs in the order of time. */
export const beganAt = ({ run }: LongRecord): number => Date.parse(run.startedAt) || 0;
