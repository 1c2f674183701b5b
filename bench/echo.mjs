// The child that both sides of a bench speak to: answers every line with the least valid reply.
import { answer } from './answer.mjs';

let held = '';
process.stdin.setEncoding('utf8');
process.stdin.on('data', (chunk) => {
  held += chunk;
  for (let end = held.indexOf('\n'); end >= 0; end = held.indexOf('\n')) {
    const line = held.slice(0, end);
    held = held.slice(end + 1);
    process.stdout.write(`${answer(line)}\n`);
  }
});
process.stdin.on('end', () => process.exit(0));
