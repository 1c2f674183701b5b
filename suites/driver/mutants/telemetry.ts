// Known-bad drivers: what they report of themselves (DRV-TEL).
import type { Defect, Mutant } from '../../../core/mutant.ts';
import { alterResult, errorReply, refuseServed } from '../../defects.ts';

export const READ = 'driver.telemetry.read';
const USAGE = 'hw.gpu.memory.usage';
const LIMIT = 'hw.gpu.memory.limit';
const UTILIZATION = 'hw.gpu.utilization';
const ERRORS = 'hw.errors';
export const TEMPERATURE = 'hw.temperature';
export const POWER = 'hw.power';

/** Alters one metric of each reading; null loses it. */
export const alterMetric = (
  name: string,
  // biome-ignore lint/suspicious/noExplicitAny: a defect reaches into results of every shape
  alter: (metric: any, device: string) => object | null,
): Defect =>
  alterResult(READ, ({ metrics }, request) => ({
    metrics: metrics.flatMap((metric: { name: string }) => {
      if (metric.name !== name) return [metric];
      const altered = alter(metric, request.params.device);
      return altered ? [altered] : [];
    }),
  }));

const attribute = (name: string, value: string | undefined) => () =>
  alterMetric(USAGE, (metric) => ({
    ...metric,
    attributes: { ...metric.attributes, [name]: value },
  }));

/** A mutant in a line: its id and what it breaks without what all of them begin with. */
export type Row = readonly [
  id: `${Decided}/${string}`,
  title: string,
  breaks: string,
  defect: () => Defect,
];

type Decided = '001' | '002' | '003' | '004' | '005';

export const mutantOf = ([id, title, breaks, defect]: Row): Mutant => {
  const requirement = `DRV-TEL-${id.slice(0, 3) as Decided}` as const;
  return {
    id: `DRV-TEL-${id}` as Mutant['id'],
    title,
    requirement,
    breaks: `${requirement}/${breaks}`,
    defect: () => defect,
  };
};

const rows: readonly Row[] = [
  ['001/no-usage', 'does not say what is in use', 'memory', () => alterMetric(USAGE, () => null)],
  ['001/no-limit', 'does not say what there is', 'memory', () => alterMetric(LIMIT, () => null)],
  [
    '001/refuses',
    'declares telemetry and refuses to read it',
    'memory',
    () => refuseServed(READ, (id) => errorReply(id, 1000, 'INVALID_ARGUMENT', 'UNSPECIFIED')),
  ],
  [
    '001/more-than-there-is',
    'reports more in use than there is',
    'within',
    () => alterMetric(USAGE, (metric) => ({ ...metric, value: String(2n ** 62n) })),
  ],
  [
    '001/limit-above-total',
    'reports a limit above the total',
    'within',
    () => alterMetric(LIMIT, (metric) => ({ ...metric, value: String(2n ** 62n) })),
  ],
  [
    '001/percent',
    'reports how busy it is in percent',
    'utilization',
    () => alterMetric(UTILIZATION, (metric) => ({ ...metric, value: metric.value * 100 })),
  ],
  [
    '001/negative',
    'reports -1 for how busy it is',
    'utilization',
    () => alterMetric(UTILIZATION, (metric) => ({ ...metric, value: -1 })),
  ],
  [
    '001/no-utilization',
    'declares utilization and reports none',
    'utilization',
    () => alterMetric(UTILIZATION, () => null),
  ],
  [
    '001/never-busy',
    'is never busy, whatever it does',
    'busy',
    () => alterMetric(UTILIZATION, (metric) => ({ ...metric, value: 0 })),
  ],
  [
    '002/constant',
    'reports the usage that it had first',
    'rises',
    () => {
      const first = new Map<string, string>();
      return alterMetric(USAGE, (metric, device) => {
        const value = first.get(device) ?? metric.value;
        first.set(device, value);
        return { ...metric, value };
      });
    },
  ],
  [
    '002/half',
    'counts half of what is allocated',
    'rises',
    () => alterMetric(USAGE, (metric) => ({ ...metric, value: String(BigInt(metric.value) / 2n) })),
  ],
  [
    '002/never-falls',
    'reports the most that was ever in use',
    'falls',
    () => {
      // Each free is forgotten: what is allocated next counts on top of it.
      const forgotten = new Map<string, bigint>();
      const last = new Map<string, bigint>();
      return alterMetric(USAGE, (metric, device) => {
        const [now, before] = [BigInt(metric.value), last.get(device) ?? 0n];
        if (now < before) forgotten.set(device, (forgotten.get(device) ?? 0n) + before - now);
        last.set(device, now);
        return { ...metric, value: String(now + (forgotten.get(device) ?? 0n)) };
      });
    },
  ],
  [
    '003/own-name',
    'has a name of its own for memory usage',
    'present',
    () => alterMetric(USAGE, (metric) => ({ ...metric, name: 'gpu_memory_used' })),
  ],
  [
    '003/own-metric',
    'reports beside the others one that no convention names',
    'names',
    () =>
      alterResult(READ, ({ metrics }) => ({
        metrics: [...metrics, { ...metrics[0], name: 'gpu.fan' }],
      })),
  ],
  [
    '003/mebibytes',
    'reports usage in MiBy',
    'names',
    () => alterMetric(USAGE, (metric) => ({ ...metric, unit: 'MiBy' })),
  ],
  [
    '003/kelvins',
    'reports temperature in K',
    'names',
    () => alterMetric(TEMPERATURE, (metric) => ({ ...metric, unit: 'K' })),
  ],
  [
    '003/milliwatts',
    'reports power in mW',
    'names',
    () => alterMetric(POWER, (metric) => ({ ...metric, unit: 'mW' })),
  ],
  ['003/no-id', 'does not say which device it is', 'attributes', attribute('hw.id', undefined)],
  ['003/other-id', 'counts its devices for telemetry anew', 'attributes', attribute('hw.id', '0')],
  ['003/no-vendor', 'does not say whose it is', 'attributes', attribute('hw.vendor', undefined)],
  ['003/other-type', 'calls itself a card', 'attributes', attribute('hw.type', 'card')],
  [
    '003/no-error-type',
    'does not say which errors it counts',
    'attributes',
    () =>
      alterMetric(ERRORS, ({ attributes: { 'error.type': _type, ...attributes }, ...metric }) => ({
        ...metric,
        attributes,
      })),
  ],
  [
    '003/twice',
    'reports each metric twice',
    'once',
    () => alterResult(READ, ({ metrics }) => ({ metrics: [...metrics, ...metrics] })),
  ],
  ['004/not-counted', 'counts no errors', 'counted', () => alterMetric(ERRORS, () => null)],
  [
    '004/no-resets',
    'does not say how often it was reset',
    'counted',
    () => alterMetric(ERRORS, ({ resets: _resets, ...metric }) => metric),
  ],
  [
    '004/wraps',
    'counts to ten and begins again',
    'monotonic',
    () => {
      let readings = 0;
      return alterMetric(ERRORS, (metric) => {
        readings += 1;
        return { ...metric, value: String(readings % 10) };
      });
    },
  ],
  [
    '004/cleared-when-read',
    'counts errors since the reading before',
    'monotonic',
    () => {
      let readings = 0;
      return alterMetric(ERRORS, (metric) => {
        readings += 1;
        return { ...metric, value: readings === 1 ? '3' : '0' };
      });
    },
  ],
  [
    '004/resets-fall',
    'takes back a reset that it told',
    'monotonic',
    () => {
      let readings = 0;
      return alterMetric(ERRORS, (metric) => {
        readings += 1;
        return { ...metric, value: String(readings), resets: readings === 1 ? 1 : 0 };
      });
    },
  ],
];

export const telemetryMutants: readonly Mutant[] = rows.map(mutantOf);
