import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..', '..');
const domains = ['clinics', 'leads', 'messaging', 'conversation', 'scheduling', 'payments', 'numbers'];
const base = ['kernel', 'contracts', 'db'];

/** Who may depend on whom, by package name. Tests may also use what is listed under `tests`. */
const allowed: Record<string, readonly string[]> = {
  kernel: [],
  contracts: ['kernel'],
  db: ['kernel', 'contracts'],
  queue: base,
  operations: [...base, 'queue'],
  erasure: ['kernel', 'db'],
  runtime: ['kernel'],
  ...Object.fromEntries(domains.map((domain) => [domain, base])),
  // Only the ports of these domains, by their own export path.
  providers: ['kernel', 'contracts', 'messaging', 'conversation', 'payments', 'numbers'],
};
const serviceMayUse = [...base, 'queue', 'runtime', ...domains, 'providers', 'erasure'];
const forTests = ['testkit', 'local-stack', 'local-issuer', 'simulators'];

type Manifest = { name: string; dependencies?: Record<string, string>; devDependencies?: Record<string, string> };

function manifests(folder: string): Manifest[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => {
      try {
        // package.json files of this repository, whose shape pnpm checks
        return [JSON.parse(readFileSync(join(root, folder, entry.name, 'package.json'), 'utf8')) as Manifest];
      } catch {
        return [];
      }
    });
}

const ours = (dependencies: Record<string, string> = {}) =>
  Object.keys(dependencies)
    .filter((name) => name.startsWith('@frontdesk/'))
    .map((name) => name.slice('@frontdesk/'.length));
const shortName = ({ name }: Manifest) => name.slice('@frontdesk/'.length);

const packages = manifests('packages').filter((manifest) => shortName(manifest) !== 'testkit');
/** The one process that is all of them is the one place that may import services. */
const allInOne = 'all-in-one';
const services = manifests('services').filter((manifest) => shortName(manifest) !== allInOne);

/** The TypeScript files below a folder that git knows or would add. */
function sources(folder: string): { file: string; text: string }[] {
  return execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', folder], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((file) => file.endsWith('.ts') && existsSync(join(root, file)))
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
}

describe('the arrows between packages', () => {
  it('are known for every package', () => {
    expect(packages.map(shortName).toSorted()).toEqual(Object.keys(allowed).toSorted());
    expect(services.length).toBe(5);
  });

  it.each(packages.map((manifest) => [shortName(manifest), manifest] as const))(
    'of %s point where they may',
    (name, manifest) => {
      expect(ours(manifest.dependencies).filter((target) => !allowed[name]?.includes(target))).toEqual([]);
      const reachable = [...(allowed[name] ?? []), ...forTests];
      expect(ours(manifest.devDependencies).filter((target) => !reachable.includes(target))).toEqual([]);
    },
  );

  it.each(services.map((manifest) => [shortName(manifest), manifest] as const))(
    'of the service %s point to packages, never to another service',
    (_, manifest) => {
      expect(ours(manifest.dependencies).filter((target) => !serviceMayUse.includes(target))).toEqual([]);
      expect(
        ours(manifest.devDependencies).filter((target) => ![...serviceMayUse, ...forTests].includes(target)),
      ).toEqual([]);
    },
  );

  it('of the desk in one process point to every service, and beside them only to what carries and runs them', () => {
    const desk = manifests('services').find((manifest) => shortName(manifest) === allInOne);
    expect(ours(desk?.dependencies).toSorted()).toEqual([...services.map(shortName), 'queue', 'runtime'].toSorted());
  });

  it('lead from packages and services to no tool, except in tests', () => {
    const tools = manifests('tools').map(shortName);
    for (const manifest of [...packages, ...services]) {
      expect(ours(manifest.dependencies).filter((target) => tools.includes(target))).toEqual([]);
    }
  });

  it('keep the domain packages free of vendors, HTTP and queues', () => {
    const vendors = /express|telnyx|twilio|square|@aws-sdk|bullmq|ioredis/;
    for (const manifest of packages.filter((candidate) => domains.includes(shortName(candidate)))) {
      expect(Object.keys(manifest.dependencies ?? {}).filter((name) => vendors.test(name))).toEqual([]);
    }
  });

  it('let providers see the ports of a domain and nothing else of it', () => {
    const imports = sources('packages/providers/src')
      .filter(({ file }) => !file.endsWith('.test.ts'))
      .flatMap(({ file, text }) =>
        [...text.matchAll(/from '@frontdesk\/(messaging|conversation|payments)([^']*)'/g)].map(([, , path]) => ({
          file,
          path,
        })),
      );
    expect(imports.filter(({ path }) => path !== '/ports')).toEqual([]);
  });

  it('let only the composition root of a service, and the webhook routes, run code of providers', () => {
    const reaching = sources('services')
      .filter(({ file, text }) => file.includes('/src/') && /import \{[^}]*\} from '@frontdesk\/providers\//.test(text))
      .map(({ file }) => file)
      .filter(
        (file) =>
          !/\/((compose|open)(-[a-z-]+)?|carriers|ingress)\.ts$|messaging-worker\/src\/registrations\/|webhook-ingress\/src\/routes\//.test(
            file,
          ),
      );
    expect(reaching).toEqual([]);
  });
});

describe('the environment', () => {
  it('is read by config.ts alone in services and packages', () => {
    const readers = [...sources('packages'), ...sources('services')]
      .filter(({ file }) => !/\.test\.ts$|testkit|\/test\//.test(file))
      .filter(({ text }) => /process\.env\b/.test(text))
      .map(({ file }) => file.split('/').at(-1));
    expect(new Set(readers)).toEqual(new Set(['config.ts', 'write-generated.ts']));
  });
});
