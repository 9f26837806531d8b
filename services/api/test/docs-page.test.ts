import { describe, expect, it } from '@jest/globals';
import { problems } from '../src/contract/problems.ts';
import { readFile } from 'node:fs/promises';
import { openDesk } from './open-desk.ts';

const { desk } = await openDesk();

describe('the page on the interface', () => {
  it('is open to everybody, and loads from this service alone', async () => {
    const response = await fetch(`${desk.url}/admin/docs`);
    const html = await response.text();
    expect(response.status).toBe(200);
    const policy = response.headers.get('content-security-policy') ?? '';
    const nonce = /script-src 'nonce-([^']+)'/.exec(policy)?.[1];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("connect-src 'self'");
    const scripts = [...html.matchAll(/<script([^>]*)>/g)].map(([, attributes]) => attributes);
    expect(scripts.length).toBeGreaterThan(0);
    for (const attributes of scripts) expect(attributes).toContain(`nonce="${nonce}"`);
    expect(html).not.toMatch(/(?:src|href|import)[^\n]*https?:\/\//);
    expect(html).toContain('/admin/openapi.json');
    // Without this browsers ask the host for /favicon.ico, which is not there.
    expect(html).toMatch(/<head>[^]*<link rel="icon" href="data:," \/>[^]*<\/head>/);
  });

  it('offers nothing of its maker’s: no agent, no MCP, no tools', async () => {
    const html = await (await fetch(`${desk.url}/admin/docs`)).text();
    expect(html).toMatch(/"mcp":\s*\{\s*"disabled":\s*true/);
    expect(html).toMatch(/"agent":\s*\{\s*"disabled":\s*true/);
    expect(html).toMatch(/"showDeveloperTools":\s*"never"/);
  });

  it('has its script from the installed package', async () => {
    const response = await fetch(`${desk.url}/admin/docs/scalar.js`);
    expect(response.headers.get('content-type')).toContain('javascript');
    expect((await response.text()).length).toBeGreaterThan(1_000_000);
  });
});

describe('docs/api.md', () => {
  it('names every refusal with its status', async () => {
    const page = await readFile(new URL('../../../docs/api.md', import.meta.url), 'utf8');
    const rows = page.split('\n').filter((line) => /^\| \d{3}/.test(line));
    for (const [code, { status }] of Object.entries(problems)) {
      expect({ code, row: rows.find((row) => row.includes(`\`${code}\``)) ?? '' }).toEqual({
        code,
        row: expect.stringMatching(new RegExp(`^\\|[^|]*\\b${status}\\b`)),
      });
    }
  });
});
