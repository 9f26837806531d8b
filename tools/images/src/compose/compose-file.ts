import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const condition = z.enum(['service_healthy', 'service_completed_successfully', 'service_started']);

const serviceSchema = z.object({
  image: z.string(),
  build: z.strictObject({ context: z.string(), args: z.strictObject({ SERVICE: z.string() }) }).optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  ports: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.strictObject({ condition })).default({}),
  profiles: z.array(z.string()).default([]),
  healthcheck: z
    .union([z.strictObject({ disable: z.literal(true) }), z.looseObject({ test: z.array(z.string()) })])
    .optional(),
  restart: z.string().optional(),
  stop_grace_period: z.string().optional(),
  read_only: z.boolean().optional(),
  cap_drop: z.array(z.string()).default([]),
  security_opt: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
});

const composeSchema = z.object({ services: z.record(z.string(), serviceSchema) });

export type ComposeService = z.infer<typeof serviceSchema>;
export type ComposeFile = z.infer<typeof composeSchema>;

/** What a compose file says of its services, in the one form that this project writes it. */
export function readComposeFile(path: string): ComposeFile {
  return composeSchema.parse(parse(readFileSync(path, 'utf8'), { merge: true }));
}

/** A port as `127.0.0.1:8080:8080` publishes it. */
export function publishedPorts({ ports }: ComposeService): { address: string; host: number; container: number }[] {
  return ports.map((port) => {
    const [address = '', host, container] = port.split(':');
    return { address, host: Number(host), container: Number(container) };
  });
}
