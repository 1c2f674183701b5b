// DRV-MEM-009 of copies: memory ends where it was said to end.
import type { Case } from '../../../core/case.ts';
import { refusal, refuses, succeeds } from '../../support.ts';
import { devicesOf } from '../device/devices.ts';
import { SIDE, twoSides } from './bytes.ts';
import { type Route, routesBeyond, WRAPPING_ROUTES } from './outside.ts';

const outOfRange: Case = {
  id: 'DRV-MEM-009/out-of-range',
  title: 'a copy that leaves either allocation is refused and changes no byte',
  requirements: ['DRV-MEM-009'],
  expectations: ['DRV-MEM-009/refused', 'DRV-MEM-009/unchanged'],
  premises: ['devices'],
  needs: ['driver.memory.copy'],
  kind: 'own',
  run: async (context) => {
    for (const device of await devicesOf(context)) {
      const { source, params, unchanged } = await twoSides(context, device);
      const side = BigInt(SIDE);
      const length = BigInt(context.random.integer(2, SIDE - 1));
      const within: readonly Route[] = [
        [0n, side - 1n, 2n],
        [side - 1n, 0n, 2n],
      ];
      const { allocation } = source;
      const requests = [
        ...routesBeyond(length).map((route) => params(...route)),
        ...within
          .map((route) => params(...route))
          .map((one) => ({
            ...one,
            source: { ...one.source, allocation },
            destination: { ...one.destination, allocation },
          })),
      ];
      for (const one of requests) {
        await refuses(
          context,
          'DRV-MEM-009/refused',
          refusal('COPY_RANGE'),
          'driver.memory.copy',
          one,
        );
        await unchanged('DRV-MEM-009/unchanged');
      }
    }
  },
};

const wraps: Case = {
  id: 'DRV-MEM-009/wraps',
  title: 'a copy whose offset plus length exceeds 2^64 is refused and changes no byte',
  requirements: ['DRV-MEM-009'],
  expectations: ['DRV-MEM-009/wraps', 'DRV-MEM-009/unchanged'],
  premises: ['devices'],
  needs: ['driver.memory.copy'],
  kind: 'own',
  run: async (context) => {
    for (const device of await devicesOf(context)) {
      const { params, unchanged } = await twoSides(context, device);
      for (const route of WRAPPING_ROUTES) {
        await refuses(
          context,
          'DRV-MEM-009/wraps',
          refusal('COPY_RANGE'),
          'driver.memory.copy',
          params(...route),
        );
        await unchanged('DRV-MEM-009/unchanged');
      }
    }
  },
};

const boundary: Case = {
  id: 'DRV-MEM-009/boundary',
  title: 'a copy that ends exactly at the end of both is carried out, and changes nothing else',
  requirements: ['DRV-MEM-009'],
  expectations: ['DRV-MEM-009/boundary', 'DRV-MEM-009/exact'],
  premises: ['devices'],
  needs: ['driver.memory.copy'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesOf(context)) {
      for (const length of [1, context.random.integer(2, SIDE - 1), SIDE]) {
        // Fresh contents each time: a byte that an earlier copy put there would hide one that is lost.
        const { source, destination, params, unchanged } = await twoSides(
          context,
          device,
          ` ${length}`,
        );
        const from = BigInt(SIDE - length);
        await succeeds(
          context,
          'DRV-MEM-009/boundary',
          'driver.memory.copy',
          params(from, from, BigInt(length)),
        );
        source.bytes.copy(destination.bytes, Number(from), Number(from));
        await unchanged('DRV-MEM-009/exact');
        for (const { allocation } of [source, destination]) {
          await context.given('driver.memory.free', { allocation });
        }
      }
    }
  },
};

export const copyRanges: readonly Case[] = [outOfRange, wraps, boundary];
