// The adapter: what each method of the standard is in the native interface. Framing, sessions, the checks
// of params and the form of errors are the kit's. Print nothing to stdout: replies go there.
import { createHash } from 'node:crypto';
import * as kit from 'causeway-conformance/kit';
import * as native from './native.ts';

const DIGEST_STEP = 1n << 20n;

type Reasons = Partial<Record<native.CodeName, kit.ErrorReason>>;

/** What a native code means, by method and code alone, never by the arguments of the call. */
const REASONS: Partial<Record<kit.MethodName, Reasons>> = {
  'driver.device.get': { INVALID_DEVICE: 'DEVICE' },
  'driver.memory.allocate': {
    INVALID_DEVICE: 'DEVICE',
    INVALID_SIZE: 'SIZE',
    OUT_OF_MEMORY: 'DEVICE_MEMORY',
  },
  'driver.memory.write': { INVALID_RANGE: 'COPY_RANGE' },
  'driver.memory.read': { INVALID_RANGE: 'COPY_RANGE' },
  'driver.memory.digest': { INVALID_RANGE: 'COPY_RANGE' },
};

/** A native error as a refusal. A code that is not in the table is INTERNAL, and a row fails. */
const refusalOf = (method: kit.MethodName, error: unknown): kit.Refusal | undefined => {
  if (!(error instanceof native.NativeError)) return undefined;
  const { code, codeName, message } = error;
  const reason = REASONS[method]?.[codeName] ?? 'INTERNAL';
  return new kit.Refusal(reason, 'native', { message, vendorCode: code, vendorName: codeName });
};

const described = (device: native.Device): kit.Device => ({
  device: device.name,
  vendor: 'Example',
  name: 'Stand-in device',
  driverVersion: native.VERSION,
  runtimeVersion: native.VERSION,
  dataTypes: ['i8', 'u8'],
  programFormats: [],
  memory: {
    totalBytes: String(native.TOTAL_BYTES),
    maxAllocationBytes: String(native.LARGEST_ALLOCATION),
    granularityBytes: String(native.GRANULE),
  },
});

/** An allocation of one session: its device, and the native interface's own handle. */
interface Allocation {
  readonly device: native.Device;
  readonly memory: Buffer;
}

const open = (): kit.Service => {
  const devices = new Map(native.deviceNames.map((name) => [name, new native.Device(name)]));
  const allocations = new kit.HandleTable<Allocation>('allocation');

  const deviceOf = (name: string): native.Device => {
    const found = devices.get(name);
    if (!found) throw new native.NativeError('INVALID_DEVICE');
    return found;
  };

  return {
    product: { vendor: 'Example', name: 'Stand-in driver', version: native.VERSION },
    // Each is a claim, and is tested. Left to map: driver.memory.copy, which DRV-MEMORY@1 requires;
    // driver.memory.fill, driver.memory.info, driver.memory.address and driver.visibility.
    capabilities: {
      'driver.device': true,
      'driver.memory': true,
    },
    methods: {
      'driver.device.list': 'native',
      'driver.device.get': 'native',
      'driver.memory.allocate': 'native',
      'driver.memory.free': 'native',
      'driver.memory.write': 'native',
      'driver.memory.read': 'native',
      // Several reads, whose bytes are hashed here.
      'driver.memory.digest': 'composed',
    },
    handlers: {
      'driver.device.list': () => ({ devices: [...devices.values()].map(described) }),
      'driver.device.get': ({ device }) => described(deviceOf(device)),
      'driver.memory.allocate': (params) => {
        const device = deviceOf(params.device);
        const memory = device.allocate(BigInt(params.sizeBytes));
        return { allocation: allocations.add({ device, memory }) };
      },
      'driver.memory.free': ({ allocation }) => {
        const { device, memory } = allocations.get(allocation);
        device.free(memory);
        allocations.remove(allocation);
        return {};
      },
      'driver.memory.write': ({ allocation, offsetBytes, data }) => {
        const { device, memory } = allocations.get(allocation);
        device.write(memory, BigInt(offsetBytes), kit.bytesOf(data));
        return {};
      },
      'driver.memory.read': ({ allocation, offsetBytes, lengthBytes }) => {
        const { device, memory } = allocations.get(allocation);
        const content = device.read(memory, BigInt(offsetBytes), BigInt(lengthBytes));
        return { base64: content.toString('base64') };
      },
      'driver.memory.digest': ({ allocation, offsetBytes, lengthBytes }) => {
        const { device, memory } = allocations.get(allocation);
        const hash = createHash('sha256');
        const end = BigInt(offsetBytes) + BigInt(lengthBytes);
        for (let from = BigInt(offsetBytes); from < end; from += DIGEST_STEP) {
          const step = end - from < DIGEST_STEP ? end - from : DIGEST_STEP;
          hash.update(device.read(memory, from, step));
        }
        return { sha256: hash.digest('hex') };
      },
    },
    release: () => {
      for (const { device, memory } of allocations.drain()) device.free(memory);
    },
  };
};

kit.serve({ name: 'example-adapter', version: '0.1.0', open, refusalOf });
