// Known-bad drivers: how warm they say that they are, and how much power they take (DRV-TEL-005).
import type { Defect, Mutant } from '../../../core/mutant.ts';
import { alterResult, unhurried } from '../../defects.ts';
import { alterMetric, mutantOf, POWER, READ, type Row, TEMPERATURE } from './telemetry.ts';

const POWER_LIMIT = 'hw.power.limit';

/** Alters the value of one metric of each reading. */
const alterValue =
  (name: string, alter: (value: number) => unknown): (() => Defect) =>
  () =>
    alterMetric(name, (metric) => ({ ...metric, value: alter(metric.value) }));

const rows: readonly Row[] = [
  [
    '005/no-temperature',
    'declares temperature and reports none',
    'temperature',
    () => alterMetric(TEMPERATURE, () => null),
  ],
  [
    '005/kelvins',
    'counts degrees from absolute zero',
    'temperature',
    alterValue(TEMPERATURE, (value) => value + 273.15),
  ],
  [
    '005/thousandths',
    'reports thousandths of a degree',
    'temperature',
    alterValue(TEMPERATURE, (value) => value * 1000),
  ],
  [
    '005/no-sensor',
    'reports 0 degrees where it has no sensor',
    'temperature',
    alterValue(TEMPERATURE, () => 0),
  ],
  ['005/as-text', 'reports degrees as a count', 'temperature', alterValue(TEMPERATURE, () => '41')],
  [
    '005/second-sensor',
    'reports a second sensor that is not there',
    'temperature',
    () =>
      alterResult(READ, ({ metrics }) => ({
        metrics: metrics.flatMap((metric: { name: string; attributes: object }) =>
          metric.name === TEMPERATURE
            ? [
                metric,
                {
                  ...metric,
                  value: 255,
                  attributes: { ...metric.attributes, 'hw.sensor_location': 'memory' },
                },
              ]
            : [metric],
        ),
      })),
  ],
  [
    '005/no-power',
    'declares power and reports none',
    'power',
    () => alterMetric(POWER, () => null),
  ],
  [
    '005/milliwatts',
    'reports thousandths of a watt',
    'power',
    alterValue(POWER, (value) => value * 1000),
  ],
  ['005/no-meter', 'reports 0 W where it has no meter', 'power', alterValue(POWER, () => 0)],
  [
    '005/above-the-limit',
    'takes thrice what it says that it is held to',
    'power',
    alterValue(POWER_LIMIT, () => 20),
  ],
  [
    '005/limit-in-milliwatts',
    'reports its limit of power in thousandths of a watt',
    'power-limit',
    alterValue(POWER_LIMIT, (value) => value * 1000),
  ],
  [
    '005/stuck',
    'reports the power that it took first',
    'follows',
    () => {
      const first = new Map<string, number>();
      const stuck = alterMetric(POWER, (metric, device) => {
        const value = first.get(device) ?? metric.value;
        first.set(device, value);
        return { ...metric, value };
      });
      return unhurried('driver.stream.synchronize', 200, stuck);
    },
  ],
];

export const sensorMutants: readonly Mutant[] = rows.map(mutantOf);
