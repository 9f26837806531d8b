import { setTimeout as sleep } from 'node:timers/promises';
import {
  listWebhooks,
  planWebhookReplay,
  requestWebhookReplay,
  webhookReplays,
  type PlannedWebhook,
  type WebhookReplayMode,
  type WebhookReplayState,
} from '@frontdesk/operations';
import { count, ids } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { verb } from '../../verb.ts';
import { filterOf, filterOptions } from './filter-options.ts';

const lookEveryMs = 250;

export const replay = (context: CommandContext) =>
  verb('replay', {
    summary: 'Take stored webhooks in again; only says what that would do until --yes',
    description:
      'webhook-ingress takes them in from behind the verification on, through the same parser as live ones. One that was taken in\n' +
      'stays a duplicate, unless --again; one that no clinic was found for goes to the clinic that has its number by now. Nothing\n' +
      'leaves the house, unless --allow-effects. A replayed START never undoes a STOP.',
    examples: [
      'frontdesk webhooks replay --parked --since 3d --allow-effects --yes',
      'frontdesk webhooks replay 0199d5a0-0000-7000-8000-000000000007 --again',
    ],
  })
    .argument('[ids...]', 'these webhooks', ids)
    .addOption(filterOptions.provider)
    .addOption(filterOptions.kind)
    .addOption(filterOptions.clinic)
    .addOption(filterOptions.parked)
    .addOption(filterOptions.since)
    .addOption(filterOptions.until)
    .option('--again', 'although they were taken in before')
    .option('--allow-effects', 'let texts, links and questions to the model leave the house')
    .option('--limit <count>', 'how many at most, the newest', count(1_000), 100)
    .option('--wait <seconds>', 'how long to wait until they are taken in', count(3_600), 30)
    .option('--yes', 'do it')
    .option('--i-mean-it', 'let effects leave in production')
    .action(async (wanted, options) => {
      const { again = false, allowEffects, limit, wait, yes, iMeanIt, json, ...chosen } = options;
      const { out, clock, operator, target } = context;
      const filter = filterOf(chosen, clock, wanted);
      if (filter.ids === undefined && filter.since === undefined && filter.parked === undefined) {
        out.fail('Which ones? Name ids, or choose by --since or --parked.', exitCodes.usedWrongly);
      }
      const database = context.operatorDatabase();
      const mode: WebhookReplayMode = { again, effects: allowEffects === true ? 'allowed' : 'withheld' };
      const plan = planWebhookReplay(await listWebhooks(database, filter, limit), mode);
      if (json !== true) tellPlan(context, plan);
      if (yes !== true || plan.length === 0) {
        if (json === true) out.json({ dryRun: true, webhooks: plan });
        else if (plan.length > 0) out.line('Nothing was done; --yes does it.');
        return;
      }
      if (mode.effects === 'allowed' && target.environment === 'production' && iMeanIt !== true) {
        out.fail(
          'Nothing was replayed: this is production (FRONTDESK_ENV says so, or is not set). To let effects leave, add --i-mean-it.',
          exitCodes.refused,
        );
      }
      // The oldest first, as they came.
      const inOrder = plan.map(({ id }) => id).toReversed();
      const numbers = await requestWebhookReplay(database, { ids: inOrder, operator, ...mode }, clock);
      const replays = await untilTakenIn(context, numbers, wait);
      if (json === true) out.json({ dryRun: false, replays });
      else for (const { webhookId, outcome } of replays) out.line(`${webhookId}  ${outcome ?? 'not taken in yet'}`);
      const open = replays.filter(({ outcome }) => outcome === null || outcome === 'unreadable').length;
      if (open > 0) {
        out.fail(`${open} were not taken in: \`frontdesk webhooks show\` tells how they are.`, exitCodes.failed);
      }
    });

async function untilTakenIn(
  context: CommandContext,
  numbers: readonly number[],
  seconds: number,
): Promise<WebhookReplayState[]> {
  const deadline = performance.now() + seconds * 1_000;
  while (true) {
    const replays = await webhookReplays(context.operatorDatabase(), numbers);
    const isOver = replays.every(({ outcome }) => outcome !== null) || performance.now() > deadline;
    if (isOver) return replays;
    await sleep(lookEveryMs);
  }
}

function tellPlan({ out }: CommandContext, plan: readonly PlannedWebhook[]): void {
  for (const { id, provider, kind, takenIn, leaves } of plan) {
    out.line(`${out.paint('bold', `${provider} ${kind}`)} ${id}`);
    out.line(`  taken in  ${takenIn}`);
    out.line(`  leaves    ${leaves}`);
  }
  out.line(plan.length === 0 ? 'No stored webhook is meant.' : `${plan.length} in all.`);
}
