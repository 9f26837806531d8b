import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const pem = /-----BEGIN CERTIFICATE-----[^]+?-----END CERTIFICATE-----/g;
const certificates = (execFileSync(process.execPath, [main], { encoding: 'utf8' }).match(pem) ?? []).map(
  (text) => new X509Certificate(text),
);

describe('the authorities of the images', () => {
  it('include the one that signs our database, for years to come', () => {
    const ours = certificates.find(({ subject }) => subject.includes('Amazon RDS us-east-1 Root CA RSA2048 G1'));
    expect(ours?.validToDate.getUTCFullYear()).toBeGreaterThan(2050);
  });

  it('are certificates of Amazon alone, none of them run out', () => {
    expect(certificates.length).toBeGreaterThan(50);
    for (const { subject, validToDate, ca } of certificates) {
      expect(subject).toContain('OU=Amazon RDS');
      expect(validToDate.getTime()).toBeGreaterThan(Date.now());
      expect(ca).toBe(true);
    }
  });
});
