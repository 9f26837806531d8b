import { DescribeTasksCommand, RunTaskCommand, waitUntilTasksStopped, type ECSClient } from '@aws-sdk/client-ecs';
import { z } from 'zod';
import { migrationOutputs } from '../migrations/migration-outputs.ts';

export const migrationTaskSchema = z.object({
  [migrationOutputs.cluster]: z.string(),
  [migrationOutputs.task]: z.string(),
  [migrationOutputs.subnets]: z.string().transform((joined) => joined.split(',')),
  [migrationOutputs.securityGroup]: z.string(),
});
/** What the migrations stack said of its task when it was deployed. */
export type MigrationTask = z.infer<typeof migrationTaskSchema>;

const longestSeconds = 3_600;

/**
 * Starts the migrations and waits for their end.
 * @throws Error when they did not end well; nothing after them may then be deployed
 */
export async function runMigrations(ecs: ECSClient, task: MigrationTask): Promise<void> {
  const cluster = task.MigrationCluster;
  const { tasks = [], failures = [] } = await ecs.send(
    new RunTaskCommand({
      cluster,
      taskDefinition: task.MigrationTask,
      launchType: 'FARGATE',
      startedBy: 'deploy',
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: task.MigrationSubnets,
          securityGroups: [task.MigrationSecurityGroup],
          assignPublicIp: 'DISABLED',
        },
      },
    }),
  );
  const arn = tasks[0]?.taskArn;
  if (arn === undefined)
    throw new Error(`the migrations did not start: ${failures[0]?.reason ?? 'ECS gives no reason'}`);
  await waitUntilTasksStopped(
    { client: ecs, maxWaitTime: longestSeconds, minDelay: 3, maxDelay: 15 },
    { cluster, tasks: [arn] },
  );
  const { tasks: [ended] = [] } = await ecs.send(new DescribeTasksCommand({ cluster, tasks: [arn] }));
  const code = ended?.containers?.[0]?.exitCode;
  if (code !== 0) {
    throw new Error(
      `the migrations ended with ${code ?? 'no exit code'} (${ended?.stoppedReason ?? 'no reason'}); read the log group /frontdesk/migrations/logs. Nothing else was deployed`,
    );
  }
}
