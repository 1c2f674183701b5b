// What defects of kernels have in common: which launch is of which reference kernel, and what a driver does with it
// instead.
import type { Defect, Link, Message } from '../../../core/mutant.ts';
import { answer, answersItself } from '../../defects.ts';

export const LOAD = 'driver.module.load';
export const UNLOAD = 'driver.module.unload';
export const GET = 'driver.kernel.get';
export const LAUNCH = 'driver.kernel.launch';

/** Does something else in place of the launches of one kernel, the nth of them as its third argument says. */
export const launches =
  (name: string, instead: (message: Message, link: Link, nth: number) => void): (() => Defect) =>
  () => {
    const kernels = new Set<unknown>();
    let nth = 0;
    return {
      request: (message, link) => {
        if (message.method === LAUNCH && kernels.has(message.params.kernel)) {
          nth += 1;
          instead(structuredClone(message), link, nth);
        } else link.toEndpoint(message);
      },
      reply: (message, request, link) => {
        if (request?.method === GET && request.params.name === name) {
          kernels.add(message.result?.kernel);
        }
        link.toSession(message);
      },
    };
  };

/** Launches one kernel otherwise than it was told to. */
export const launchesOtherwise = (
  name: string,
  // biome-ignore lint/suspicious/noExplicitAny: a defect reaches into params of every shape
  alter: (params: any, nth: number) => void,
): (() => Defect) =>
  launches(name, (message, link, nth) => {
    alter(message.params, nth);
    link.toEndpoint(message);
  });

/** Takes the launches of one kernel and forgets them. */
export const forgets = (name: string): (() => Defect) =>
  launches(name, (message, link) => link.toSession(answer(message, {})));

/** The number that an argument is, made another. */
export const withNumber = (
  argument: { scalar: string },
  change: (value: number) => number,
): void => {
  const bytes = Buffer.from(argument.scalar, 'base64');
  bytes.writeUInt32LE(change(bytes.readUInt32LE()) >>> 0);
  argument.scalar = bytes.toString('base64');
};

/** Carries out something else, and then refuses with the error that is given. */
export const carriesOutAndRefuses =
  (
    // biome-ignore lint/suspicious/noExplicitAny: a defect reaches into params of every shape
    carriesOut: (params: any) => unknown,
  ): (() => Defect) =>
  () => ({
    reply: (message, request, link) => {
      const instead = message.error && request?.method === LAUNCH && carriesOut(request.params);
      if (instead) void link.call(LAUNCH, instead).then(() => link.toSession(message));
      else link.toSession(message);
    },
  });

/** Says that streams fail. */
export const fails = (): Defect => answersItself('driver.stream.synchronize', { state: 'failed' });
