// What the cases of peers need alike: the ordered pairs of devices, and what is said of them.
import type { Context, ExpectationId } from '../../../core/case.ts';
import type { Device, PeerAccess } from '../../../schemas/generated/types.ts';
import { succeeds } from '../../support.ts';
import { devicesOf } from '../device/devices.ts';
import { fits } from '../memory/bytes.ts';
import { filled, freeAll, type Held } from '../memory/routes.ts';

/** Large enough for edges of words and vectors, and of what is copied by way of the host in pieces. */
export const SIZE = 300_007;

/** A device, and another whose memory it may reach. */
export interface Pair {
  readonly device: string;
  readonly peer: string;
}

/** All ordered pairs of two devices that have room for what is copied. */
export const pairsOf = async (context: Context): Promise<Pair[]> => {
  const devices = (await devicesOf(context)).filter((one) => fits(one, SIZE));
  if (devices.length < 2) context.nothing('one device has no peer');
  return devices.flatMap(({ device }: Device) =>
    devices
      .filter((other) => other.device !== device)
      .map((other) => ({ device, peer: other.device })),
  );
};

export const query = async (
  context: Context,
  expectation: ExpectationId,
  pair: Pair,
): Promise<PeerAccess> => {
  const { access } = await succeeds(context, expectation, 'driver.peer.query', { ...pair });
  return access;
};

/** The pairs of which the endpoint says one of these; a case that finds none has nothing to try. */
export const pairsWith = async (context: Context, ...wanted: PeerAccess[]): Promise<Pair[]> => {
  const found: Pair[] = [];
  for (const pair of await pairsOf(context)) {
    const { access } = await context.given('driver.peer.query', { ...pair });
    if (wanted.includes(access)) found.push(pair);
  }
  if (found.length === 0) context.nothing(`of no pair the endpoint says ${wanted.join(' or ')}`);
  return found;
};

/** Lets `act` copy between a pair, and leaves it as it was found. */
export const enabledFor = async (
  context: Context,
  pair: Pair,
  act: () => Promise<void>,
): Promise<void> => {
  const { access } = await context.given('driver.peer.query', { ...pair });
  if (access === 'disabled') await context.given('driver.peer.enable', { ...pair });
  await act();
  if (access === 'disabled') await context.given('driver.peer.disable', { ...pair });
};

/** Memory with known contents on both devices, which is given back. */
export const betweenTwo = async (
  context: Context,
  { device, peer }: Pair,
  act: (source: Held, destination: Held) => Promise<void>,
): Promise<void> => {
  const source = await filled(context, device, `source ${device} to ${peer}`, SIZE);
  const destination = await filled(context, peer, `destination ${device} to ${peer}`, SIZE);
  await act(source, destination);
  await freeAll(context, [source, destination]);
};

/** All of the source, to the same place. */
export const WHOLE = { from: 0, to: 0, length: SIZE };
