// The same requests as tests of node's own runner, with node's fetch and chai.
import { describe, it } from 'node:test';
import { expect } from 'chai';
import { CASES, URL } from './asked.mjs';

describe('pings', () => {
  for (let index = 1; index <= CASES; index += 1) {
    it(`ping ${index} is answered`, async () => {
      const body = JSON.stringify({ jsonrpc: '2.0', id: index, method: 'system.ping', params: {} });
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(URL, { method: 'POST', headers, body });
      expect(await response.json()).to.deep.equal({ jsonrpc: '2.0', id: index, result: {} });
    });
  }
});
