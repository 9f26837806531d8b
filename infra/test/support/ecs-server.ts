import { once } from 'node:events';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { ECSClient } from '@aws-sdk/client-ecs';

export type EcsServer = {
  readonly client: ECSClient;
  /** The calls, by their names, with what they asked. */
  readonly calls: { name: string; input: unknown }[];
  close(): Promise<void>;
};

/** Speaks as much of ECS's protocol as starting one task and waiting for it takes. The task ends at once. */
export async function startEcsServer({
  exitCode,
  failure,
}: {
  exitCode?: number;
  failure?: string;
}): Promise<EcsServer> {
  const calls: EcsServer['calls'] = [];
  const taskArn = 'arn:aws:ecs:us-east-1:111111111111:task/frontdesk/1';
  const server = createServer(async (request, response) => {
    const name = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
    calls.push({ name, input: await json(request) });
    const started = failure === undefined ? { tasks: [{ taskArn }] } : { tasks: [], failures: [{ reason: failure }] };
    const stopped = {
      tasks: [
        { taskArn, lastStatus: 'STOPPED', containers: [{ exitCode }], stoppedReason: 'Essential container exited' },
      ],
    };
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify(name === 'RunTask' ? started : stopped));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const client = new ECSClient({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  return {
    client,
    calls,
    async close() {
      client.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
