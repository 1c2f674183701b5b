// DRV-MEM-006: what is freed is gone.
import { expect } from 'chai';
import type { Case } from '../../../core/case.ts';
import { refusal, refuses, succeeds } from '../../support.ts';
import { devicesOf } from '../device/devices.ts';
import { allocate } from './bytes.ts';

const freed: Case = {
  id: 'DRV-MEM-006/freed',
  title: 'a freed allocation answers HANDLE_INVALID to everything, and its handle stays dead',
  requirements: ['DRV-MEM-006'],
  expectations: [
    'DRV-MEM-006/free',
    'DRV-MEM-006/double-free',
    'DRV-MEM-006/use',
    'DRV-MEM-006/serving',
    'DRV-MEM-006/new-handle',
  ],
  premises: ['devices'],
  kind: 'own',
  run: async (context) => {
    const [first] = await devicesOf(context);
    const device = first?.device ?? '';
    const gone = new Set<string>();
    for (let round = 0; round < 3; round += 1) {
      const allocation = await allocate(context, device, 256);
      context.expectation(
        'DRV-MEM-006/new-handle',
        { expected: 'a handle that was never given', observed: allocation },
        () => expect(gone.has(allocation)).to.equal(false),
      );
      gone.add(allocation);
      await succeeds(context, 'DRV-MEM-006/free', 'driver.memory.free', { allocation });
      const invalid = refusal('HANDLE_INVALID');
      await refuses(context, 'DRV-MEM-006/double-free', invalid, 'driver.memory.free', {
        allocation,
      });
      const range = { allocation, offsetBytes: '0' };
      const uses: [string, object][] = [
        ['driver.memory.write', { ...range, data: { base64: 'AAAA' } }],
        ['driver.memory.read', { ...range, lengthBytes: 16 }],
        ['driver.memory.digest', { ...range, lengthBytes: '16' }],
      ];
      for (const [method, params] of uses) {
        await refuses(context, 'DRV-MEM-006/use', invalid, method, params);
      }
      await succeeds(context, 'DRV-MEM-006/serving', 'system.ping', {});
    }
  },
};

const freedCopy: Case = {
  id: 'DRV-MEM-006/freed-copy',
  title: 'a copy from or to a freed allocation answers HANDLE_INVALID',
  requirements: ['DRV-MEM-006'],
  expectations: ['DRV-MEM-006/copy', 'DRV-MEM-006/serving'],
  premises: ['devices'],
  needs: ['driver.memory.copy'],
  kind: 'own',
  run: async (context) => {
    const [first] = await devicesOf(context);
    const device = first?.device ?? '';
    const dead = await allocate(context, device, 256);
    const live = await allocate(context, device, 256);
    await context.given('driver.memory.free', { allocation: dead });
    for (const [source, destination] of [
      [dead, live],
      [live, dead],
    ]) {
      await refuses(context, 'DRV-MEM-006/copy', refusal('HANDLE_INVALID'), 'driver.memory.copy', {
        source: { allocation: source, offsetBytes: '0' },
        destination: { allocation: destination, offsetBytes: '0' },
        lengthBytes: '16',
      });
    }
    await succeeds(context, 'DRV-MEM-006/serving', 'system.ping', {});
  },
};

const freedFill: Case = {
  id: 'DRV-MEM-006/freed-fill',
  title: 'a fill of a freed allocation answers HANDLE_INVALID',
  requirements: ['DRV-MEM-006'],
  expectations: ['DRV-MEM-006/fill', 'DRV-MEM-006/serving'],
  premises: ['devices'],
  needs: ['driver.memory.fill'],
  kind: 'own',
  run: async (context) => {
    const [first] = await devicesOf(context);
    const allocation = await allocate(context, first?.device ?? '', 256);
    await context.given('driver.memory.free', { allocation });
    const [length = 1] = first?.memory.fillPatternBytes ?? [];
    await refuses(context, 'DRV-MEM-006/fill', refusal('HANDLE_INVALID'), 'driver.memory.fill', {
      allocation,
      offsetBytes: '0',
      lengthBytes: String(length),
      pattern: context.random.bytes(length).toString('base64'),
    });
    await succeeds(context, 'DRV-MEM-006/serving', 'system.ping', {});
  },
};

export const handles: readonly Case[] = [freed, freedCopy, freedFill];
