import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { CommandContext } from '../../context.ts';
import { list } from './list.ts';
import { replay } from './replay.ts';
import { replays } from './replays.ts';
import { resume } from './resume.ts';
import { show } from './show.ts';

export function registerEvents(program: CommandUnknownOpts, context: CommandContext): void {
  program
    .command('events')
    .summary('See what was published, and publish it again')
    .addCommand(list(context))
    .addCommand(show(context))
    .addCommand(replay(context))
    .addCommand(resume(context))
    .addCommand(replays(context));
}
