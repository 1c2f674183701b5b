// DRV-TEL-003: one name for one thing.
import { expect } from 'chai';
import type { Case } from '../../../core/case.ts';
import type { Metric } from '../../../schemas/generated/types.ts';
import { devicesOf } from '../device/devices.ts';
import {
  ERRORS,
  LIMIT,
  POWER,
  POWER_LIMIT,
  reading,
  TEMPERATURE,
  USAGE,
  UTILIZATION,
} from './reading.ts';

const UNITS: Readonly<Record<string, string>> = {
  [USAGE]: 'By',
  [LIMIT]: 'By',
  [UTILIZATION]: '1',
  [TEMPERATURE]: 'Cel',
  [POWER]: 'W',
  [POWER_LIMIT]: 'W',
  [ERRORS]: '{error}',
};

/** What tells one metric from another. */
export const seriesOf = ({ name, attributes }: Metric): string =>
  `${name} ${JSON.stringify(Object.entries(attributes).sort(([one], [other]) => (one < other ? -1 : 1)))}`;

/** What is wrong with the name and the unit of a metric, in words. */
const nameFaults = ({ name, unit }: Metric): string[] => [
  ...(name.startsWith('hw.') ? [] : [`${name}: not a name of hardware`]),
  ...(UNITS[name] === undefined || UNITS[name] === unit
    ? []
    : [`${name}: ${unit}, not ${UNITS[name]}`]),
];

const named: Case = {
  id: 'DRV-TEL-003/named',
  title: 'what a device reports has OpenTelemetry’s names, units and attributes, each once',
  requirements: ['DRV-TEL-003'],
  expectations: [
    'DRV-TEL-003/present',
    'DRV-TEL-003/names',
    'DRV-TEL-003/attributes',
    'DRV-TEL-003/once',
  ],
  premises: ['devices'],
  kind: 'shared',
  run: async (context) => {
    for (const { device, vendor } of await devicesOf(context)) {
      const metrics = await reading(context, 'DRV-TEL-003/present', device);
      const names = metrics.map(({ name }) => name);
      const missing = [USAGE, LIMIT].filter((name) => !names.includes(name));
      context.expectation(
        'DRV-TEL-003/present',
        { expected: `${device}: ${USAGE}, ${LIMIT}`, observed: `${device}: ${names.join(', ')}` },
        () => expect(missing).to.deep.equal([]),
      );
      const faults = metrics.flatMap(nameFaults);
      context.expectation('DRV-TEL-003/names', { expected: [], observed: faults }, () =>
        expect(faults).to.deep.equal([]),
      );
      const attributes: Record<string, string> = {
        'hw.id': device,
        'hw.type': 'gpu',
        'hw.vendor': vendor,
      };
      const lacking = metrics.flatMap((metric) => [
        ...Object.keys(attributes)
          .filter((key) => metric.attributes[key] !== attributes[key])
          .map((key) => `${metric.name}: ${key} is ${metric.attributes[key] ?? 'not there'}`),
        ...(metric.name === ERRORS && metric.attributes['error.type'] === undefined
          ? [`${ERRORS}: no error.type`]
          : []),
      ]);
      context.expectation(
        'DRV-TEL-003/attributes',
        { expected: attributes, observed: lacking.length === 0 ? attributes : lacking },
        () => expect(lacking).to.deep.equal([]),
      );
      const series = metrics.map(seriesOf);
      const twice = series.filter((one, index) => series.indexOf(one) !== index);
      context.expectation('DRV-TEL-003/once', { expected: [], observed: twice }, () =>
        expect(twice).to.deep.equal([]),
      );
    }
  },
};

export const namedCases: readonly Case[] = [named];
