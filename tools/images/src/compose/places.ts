import { freePort } from '@frontdesk/local-stack';
import { publishedPorts, type ComposeFile } from './compose-file.ts';

/** Where on this machine each address of the compose network is: `http://simulators:4501` becomes `http://127.0.0.1:…`. */
export type Places = {
  /** The local port of a container's port. */
  portOf: (service: string, port: number) => number;
  /** The settings of a container, for a process of this machine. */
  translate: (service: string, environment: Readonly<Record<string, string>>) => Record<string, string>;
};

const address = /\/\/((?:[^/@\s]+@)?)([a-z][a-z0-9-]*):(\d+)/g;

/** Gives every published port of the file a free port of this machine; `taken` are those that run already. */
export async function findPlaces(file: ComposeFile, taken: Readonly<Record<string, number>>): Promise<Places> {
  const ports = new Map(Object.entries(taken));
  for (const [name, service] of Object.entries(file.services)) {
    for (const { container } of publishedPorts(service)) {
      const key = `${name}:${container}`;
      if (!ports.has(key)) ports.set(key, await freePort());
    }
  }
  const portOf = (service: string, port: number): number => {
    const local = ports.get(`${service}:${port}`);
    if (local === undefined) throw new Error(`${service} publishes no port ${port}`);
    return local;
  };
  const translateValue = (service: string, name: string, value: string): string => {
    if (name === 'LISTEN_HOST') return '127.0.0.1';
    if (name === 'PORT' || name.endsWith('_PORT')) return String(ports.get(`${service}:${value}`) ?? value);
    return value.replaceAll(address, (whole, login: string, host: string, port: string) =>
      host in file.services ? `//${login}127.0.0.1:${portOf(host, Number(port))}` : whole,
    );
  };
  return {
    portOf,
    translate: (service, environment) =>
      Object.fromEntries(
        Object.entries(environment).map(([name, value]) => [name, translateValue(service, name, value)]),
      ),
  };
}
