// Ways for a mutant to be wrong: the few shapes that most defects have.
import type { CaseId } from '../core/case.ts';
import type { Defect, Link, Message, Mutant } from '../core/mutant.ts';
import type { RequirementId } from '../schemas/generated/standard.ts';
import { faultOfParams, isMethod } from '../schemas/validate-request.ts';

/**
 * Whether a message is a request that its method's schema admits: a defect leaves the others alone, so
 * that it is wrong in the one way that it is named for.
 */
export const isValidRequest = ({ method = '', params = {} }: Message): boolean =>
  isMethod(method) && faultOfParams(method, params) === undefined;

/**
 * The defect, on requests alone that a ready session serves and that their schema admits: a driver that is
 * wrong about memory is right about messages, so that no row about messages is blamed for it.
 */
const whereServed = (defect: Defect): Defect => {
  let ready = false;
  const left = new Set<unknown>();
  return {
    ...defect,
    request: (message, link) => {
      const served = ready || message.method === 'system.initialize';
      if (!served || !('id' in message) || !isValidRequest(message)) {
        left.add(message.id);
        link.toEndpoint(message);
      } else if (defect.request) defect.request(message, link);
      else link.toEndpoint(message);
    },
    reply: (message, request, link) => {
      if (message.result !== undefined && request?.method === 'system.initialize') ready = true;
      if (message.result !== undefined && request?.method === 'system.shutdown') ready = false;
      if (left.delete(message.id) || !defect.reply) link.toSession(message);
      else defect.reply(message, request, link);
    },
  };
};

/** A mutant of a layer above the session: wrong in what it serves, and in nothing else. */
export const servedMutant = (mutant: Mutant): Mutant => ({
  ...mutant,
  defect: () => {
    const perSession = mutant.defect();
    return () => whereServed(perSession());
  },
});

/** Alters the params of one method before the endpoint sees them. */
// biome-ignore lint/suspicious/noExplicitAny: a defect reaches into params of every shape
export const alterRequest = (method: string, alter: (params: any) => unknown): Defect => ({
  request: (message, link) =>
    link.toEndpoint(
      message.method === method && isValidRequest(message)
        ? { ...message, params: alter(structuredClone(message.params)) }
        : message,
    ),
});

/**
 * The defect, of an endpoint that answers one method late: who keeps such an endpoint at work, or asks it again and
 * again, has it take time in place of a processor's.
 */
export const unhurried = (method: string, milliseconds: number, defect: Defect): Defect => ({
  ...defect,
  reply: (message, request, link) => {
    const say = (): void => {
      if (defect.reply) defect.reply(message, request, link);
      else link.toSession(message);
    };
    if (request?.method === method) setTimeout(say, milliseconds);
    else say();
  },
});

/** Refuses what the endpoint carries out, of one method, where `picks` picks the params. */
export const refuseServed = (
  method: string,
  error: (id: unknown) => Message,
  // biome-ignore lint/suspicious/noExplicitAny: a defect reaches into params of every shape
  picks: (params: any) => boolean = () => true,
): Defect =>
  alterReply((reply, request) =>
    request?.method === method && reply.result !== undefined && picks(request.params)
      ? error(reply.id)
      : reply,
  );

/** Alters a reply before the session sees it; null loses it. */
export const alterReply = (
  alter: (reply: Message, request: Message | undefined) => Message | null,
): Defect => ({
  reply: (message, request, link) => {
    const altered = alter(structuredClone(message), request);
    if (altered) link.toSession(altered);
  },
});

/** Alters the result of one method, where it has one. */
export const alterResult = (
  method: string,
  // biome-ignore lint/suspicious/noExplicitAny: a defect reaches into results of every shape
  alter: (result: any, request: Message) => unknown,
): Defect =>
  alterReply((reply, request) =>
    request?.method === method && reply.result !== undefined
      ? { ...reply, result: alter(reply.result, request) }
      : reply,
  );

/** Alters the error data of refusals that `picks` picks. */
export const alterError = (
  picks: (data: Record<string, unknown>, request: Message | undefined) => boolean,
  alter: (error: { code: number; data: Record<string, unknown> }) => void,
): Defect =>
  alterReply((reply, request) => {
    if (reply.error?.data && picks(reply.error.data, request)) alter(reply.error);
    return reply;
  });

/** Answers `result` to refusals that `picks` picks: an endpoint that says yes. */
export const admitRefused = (
  picks: (data: Record<string, unknown>, request: Message | undefined) => boolean,
  result: unknown = {},
): Defect =>
  alterReply((reply, request) =>
    reply.error?.data && picks(reply.error.data, request)
      ? { jsonrpc: '2.0', id: reply.id, result }
      : reply,
  );

/** Answers `result` to requests of one method that are refused for a reason, where `picks` picks the request. */
export const servesRefused =
  (
    reason: string,
    method: string,
    result: unknown = {},
    picks: (request: Message) => boolean = () => true,
  ): (() => Defect) =>
  () =>
    admitRefused(
      (data, request) => data['reason'] === reason && request?.method === method && picks(request),
      result,
    );

/** The defect, of an endpoint whose replies are seen before anybody else does anything with them. */
export const seeing = (
  see: (reply: Message, request: Message | undefined, link: Link) => void,
  defect: Defect = {},
): Defect => ({
  ...defect,
  reply: (message, request, link) => {
    see(message, request, link);
    if (defect.reply) defect.reply(message, request, link);
    else link.toSession(message);
  },
});

/** Lets a handle that `frees` took away name what `makes` makes next; `member` is what both call it. */
export const handleComesBack = (frees: string, makes: string, member: string) => (): Defect => {
  let gone: unknown;
  const now = new Map<unknown, unknown>();
  return seeing(
    (message, request) => {
      if (message.result === undefined) return;
      if (request?.method === frees) gone = request.params[member];
      if (request?.method === makes && gone !== undefined) {
        now.set(gone, message.result[member]);
        gone = undefined;
      }
    },
    {
      request: (message, link) => {
        const named = now.get(message.params?.[member]);
        link.toEndpoint(
          named === undefined
            ? message
            : { ...message, params: { ...message.params, [member]: named } },
        );
      },
    },
  );
};

/** Makes mutants of one row, each wrong in every session alike. `shows` is as a mutant has it. */
export const mutantsOf =
  <Breaks extends string>(requirement: RequirementId, shows?: CaseId) =>
  (name: string, title: string, breaks: Breaks, defect: () => Defect): Mutant => ({
    id: `${requirement}/${name}`,
    title,
    requirement,
    breaks: `${requirement}/${breaks}`,
    ...(shows && { shows }),
    defect: () => defect,
  });

/** An error reply of the registry's form. */
export const errorReply = (
  id: unknown,
  code: number,
  canonical: string,
  reason: string,
): Message => ({
  jsonrpc: '2.0',
  id,
  error: {
    code,
    message: reason,
    data: { canonical, reason, origin: 'native', retryable: false, layer: 'driver' },
  },
});

/** A result in the endpoint's place. */
export const answer = ({ id }: Message, result: unknown): Message => ({
  jsonrpc: '2.0',
  id,
  result,
});

/** Answers one method itself, where `picks` picks the message. */
export const answersItself = (
  method: string,
  result: unknown,
  picks: (message: Message) => boolean = () => true,
): Defect => ({
  request: (message, link) => {
    if (message.method === method && picks(message)) link.toSession(answer(message, result));
    else link.toEndpoint(message);
  },
});

/** No room: a refusal that no row about what is asked expects. */
export const noRoom = (id: unknown): Message =>
  errorReply(id, 2004, 'RESOURCE_EXHAUSTED', 'HOST_MEMORY');

/** Has no room for one method, where `picks` picks the message. */
export const hasNoRoomFor =
  (method: string, picks: (message: Message) => boolean = () => true): (() => Defect) =>
  () => ({
    request: (message, link) =>
      message.method === method && picks(message)
        ? link.toSession(noRoom(message.id))
        : link.toEndpoint(message),
  });
