import { describe, expect, it } from '@jest/globals';
import { environmentNames, environments } from './environments.ts';

describe('the environments', () => {
  it('have an account each, and take certificates of their own', () => {
    const accounts = environmentNames.map((name) => environments[name].account);
    expect(new Set(accounts).size).toBe(accounts.length);
    for (const name of environmentNames) {
      const { account, region, certificateArn, availabilityZones } = environments[name];
      expect(certificateArn).toContain(`:acm:${region}:${account}:`);
      expect(availabilityZones.length).toBeGreaterThanOrEqual(2);
    }
  });

  it('know a key of Telnyx that is a key', () => {
    for (const name of environmentNames) {
      expect(Buffer.from(environments[name].telnyxPublicKey, 'base64')).toHaveLength(32);
    }
  });
});
