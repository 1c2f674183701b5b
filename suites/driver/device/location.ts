// DRV-DEV-008: where a device is in the machine.
import { expect } from 'chai';
import type { Case } from '../../../core/case.ts';
import type { Device } from '../../../schemas/generated/types.ts';
import { devicesOf } from './devices.ts';

const PCI = /^[0-9a-f]{4,8}:[0-9a-f]{2}:[01][0-9a-f]\.[0-7]$/;

const placeOf = ({ location }: Device): string | undefined =>
  location?.pciAddress ?? location?.fabricAddress;

const located: Case = {
  id: 'DRV-DEV-008/located',
  title: 'each device has an address of its own on a bus or in a fabric, and a memory node',
  requirements: ['DRV-DEV-008'],
  expectations: ['DRV-DEV-008/located', 'DRV-DEV-008/address', 'DRV-DEV-008/own'],
  premises: ['devices'],
  kind: 'shared',
  run: async (context) => {
    const devices = await devicesOf(context);
    for (const described of devices) {
      const { device, location } = described;
      context.expectation(
        'DRV-DEV-008/located',
        {
          expected: `${device}: pciAddress or fabricAddress, and numaNode`,
          observed: location ?? 'no location',
        },
        () => expect(placeOf(described)).to.be.a('string'),
      );
      const pci = location?.pciAddress;
      context.expectation(
        'DRV-DEV-008/address',
        { expected: `${device}: none, or as 0000:3b:00.0`, observed: pci ?? 'none' },
        () => expect(pci === undefined || PCI.test(pci)).to.equal(true),
      );
    }
    const places = devices.filter(({ partition }) => !partition).map(placeOf);
    const twice = places.filter((one, index) => places.indexOf(one) !== index);
    context.expectation('DRV-DEV-008/own', { expected: [], observed: twice }, () =>
      expect(twice).to.deep.equal([]),
    );
  },
};

export const location: readonly Case[] = [located];
