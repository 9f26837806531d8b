import { showWebhook } from '@frontdesk/operations';
import { id } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';
import { verb } from '../../verb.ts';

export const show = (context: CommandContext) =>
  verb('show', {
    summary: 'Show a stored webhook: what it is, what it caused, how it was replayed',
    examples: ['frontdesk webhooks show 0199d5a0-0000-7000-8000-000000000007'],
  })
    .argument('<id>', 'which webhook', id)
    .action(async (webhookId, { json }) => {
      const { out } = context;
      const webhook = await showWebhook(context.operatorDatabase(), webhookId);
      if (json === true) return out.json(webhook);
      const { provider, kind, externalId, orgId, verifiedAt, parkedReason } = webhook;
      const facts = { webhook: webhookId, provider, kind, theirs: externalId, clinic: orgId, verified: verifiedAt };
      for (const [name, value] of Object.entries({ ...facts, parked: parkedReason })) {
        out.line(`${name.padEnd(12)}${value ?? '–'}`);
      }
      for (const { type, eventId, publishedAt } of webhook.events) {
        out.line(`caused      ${type} ${eventId}, published ${publishedAt}`);
      }
      for (const { number, requestedBy, requestedAt, outcome } of webhook.replays) {
        out.line(`replay ${number}, wanted by ${requestedBy} ${requestedAt}: ${outcome ?? 'not taken in yet'}`);
      }
    });
