// Known-bad endpoints of SYS-FRM: lines and results that no schema has.
import type { Message, Mutant } from '../../../core/mutant.ts';
import { alterResult, errorReply } from '../../defects.ts';

/** Does something beside each reply to a device list. */
const onList = (act: (reply: Message, print: (line: string) => void) => void) => () => () => ({
  reply: (
    message: Message,
    request: Message | undefined,
    link: { toSession(message: Message): void; print(line: string): void },
  ) => {
    link.toSession(message);
    if (request?.method === 'driver.device.list') act(message, link.print);
  },
});

const LIST = ['DRV-DEV-001/described'] as const;

export const framingMutants: readonly Mutant[] = [
  {
    id: 'SYS-FRM-001/print',
    title: 'prints to the reply channel',
    requirement: 'SYS-FRM-001',
    breaks: 'SYS-FRM-001/lines',
    traffic: LIST,
    defect: onList((_reply, print) => print('Initializing device 0 ...')),
  },
  {
    id: 'SYS-FRM-001/answers-twice',
    title: 'answers a request twice',
    requirement: 'SYS-FRM-001',
    breaks: 'SYS-FRM-001/lines',
    traffic: LIST,
    defect: onList((reply, print) => print(JSON.stringify(reply))),
  },
  {
    id: 'SYS-FRM-001/unasked',
    title: 'answers a request that nobody made',
    requirement: 'SYS-FRM-001',
    breaks: 'SYS-FRM-001/lines',
    traffic: LIST,
    defect: onList((_reply, print) => print('{"jsonrpc":"2.0","id":424242,"result":{}}')),
  },
  {
    id: 'SYS-FRM-001/null-unasked',
    title: 'reports an error with id null although every line was good',
    requirement: 'SYS-FRM-001',
    breaks: 'SYS-FRM-001/lines',
    traffic: LIST,
    defect: onList((_reply, print) =>
      print(JSON.stringify(errorReply(null, -32603, 'INTERNAL', 'INTERNAL'))),
    ),
  },
  {
    id: 'SYS-FRM-002/number-for-string',
    title: 'gives sizes as numbers',
    requirement: 'SYS-FRM-002',
    breaks: 'SYS-FRM-002/results',
    traffic: LIST,
    defect: () => () =>
      alterResult('driver.device.get', (result) => {
        result.memory.totalBytes = Number(result.memory.totalBytes);
        return result;
      }),
  },
  {
    id: 'SYS-FRM-002/extra-member',
    title: 'gives a member that the schema does not have',
    requirement: 'SYS-FRM-002',
    breaks: 'SYS-FRM-002/results',
    traffic: LIST,
    defect: () => () =>
      alterResult('driver.device.get', (result) => ({ ...result, temperature: 40 })),
  },
  {
    id: 'SYS-FRM-002/no-result',
    title: 'gives null where a result is an object',
    requirement: 'SYS-FRM-002',
    breaks: 'SYS-FRM-002/results',
    traffic: ['SYS-NEG-004/twice'],
    defect: () => () => alterResult('system.ping', () => null),
  },
];
