// The child that both sides of the bench speak to: answers every line with the least valid reply.
let held = '';
process.stdin.setEncoding('utf8');
process.stdin.on('data', (chunk) => {
  held += chunk;
  for (let end = held.indexOf('\n'); end >= 0; end = held.indexOf('\n')) {
    const { id } = JSON.parse(held.slice(0, end));
    held = held.slice(end + 1);
    process.stdout.write(`{"jsonrpc":"2.0","id":${id},"result":{}}\n`);
  }
});
process.stdin.on('end', () => process.exit(0));
