import { isBounded, planReplay, requestReplay, type ReplayMode } from '@frontdesk/operations';
import { count, ids } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { refuseWrongMode } from '../../refuse-wrong-mode.ts';
import { verb } from '../../verb.ts';
import { carryOn } from './carry-on.ts';
import { selectionOf, selectionOptions } from './selection-options.ts';
import { tellPlan } from './tell-plan.ts';

export const replay = (context: CommandContext) =>
  verb('replay', {
    summary: 'Publish events of the past again; only says what that would do until --yes',
    description:
      'Each consumer drops what its inbox knows, unless --bypass-inbox. Nothing leaves the house, unless --allow-effects: a handler\n' +
      'that would call a vendor does not run and leaves a note; the others run, and the texts they write are suppressed for good.\n' +
      'With effects allowed, what was sent or charged once is not sent or charged again: its row is found. Interrupted, it goes on\n' +
      'with `events resume`. Who replayed what is written down for each clinic.',
    examples: [
      'frontdesk events replay 0199d5a0-0000-7000-8000-000000000007 --bypass-inbox',
      'frontdesk events replay --type payments.square-payment-reported --since 2h --bypass-inbox --yes',
      'frontdesk events replay --to messaging --since 2026-11-20T10:00:00Z --until 2026-11-20T11:00:00Z --allow-effects --yes',
    ],
  })
    .argument('[ids...]', 'these events', ids)
    .addOption(selectionOptions.type)
    .addOption(selectionOptions.clinic)
    .addOption(selectionOptions.to)
    .addOption(selectionOptions.story)
    .addOption(selectionOptions.since)
    .addOption(selectionOptions.until)
    .option('--bypass-inbox', 'handle them again, also where they were handled')
    .option('--allow-effects', 'let texts, links and questions to the model leave the house')
    .option('--rate <count>', 'events per second, at most', count(1_000), 10)
    .option('--yes', 'do it')
    .option('--i-mean-it', 'let effects leave in production')
    .action(async (wanted, options) => {
      const { bypassInbox, allowEffects, rate, yes, iMeanIt, json, ...chosen } = options;
      const { out, clock, operator, target } = context;
      const selection = selectionOf(chosen, clock, wanted);
      if (!isBounded(selection)) {
        out.fail('Which ones? Name ids, or choose by --story or --since.', exitCodes.usedWrongly);
      }
      const mode: ReplayMode = {
        inbox: bypassInbox === true ? 'bypassed' : 'respected',
        effects: allowEffects === true ? 'allowed' : 'withheld',
      };
      const database = context.operatorDatabase();
      const plan = await planReplay(database, selection, mode);
      if (json !== true) tellPlan(context, plan);
      if (yes !== true || plan.events === 0) {
        if (json === true) out.json({ dryRun: true, selection, plan });
        else if (plan.events > 0) out.line('Nothing was done; --yes does it.');
        return;
      }
      if (mode.effects === 'allowed' && target.environment === 'production' && iMeanIt !== true) {
        out.fail(
          'Nothing was replayed: this is production (FRONTDESK_ENV says so, or is not set). To let effects leave, add --i-mean-it.',
          exitCodes.refused,
        );
      }
      await refuseWrongMode(context); // before it is written down
      const requested = await requestReplay(database, { selection, perSecond: rate, operator, ...mode }, clock);
      out.note(
        `This is replay ${requested.number}; interrupted, it goes on with: frontdesk events resume ${requested.number}`,
      );
      const done = await carryOn(context, requested);
      if (json === true) out.json({ dryRun: false, plan, replay: done });
      else out.line(`${done.replayed} replayed.`);
    });
