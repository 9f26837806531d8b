import { Argument, Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { bashScript } from '../completion/bash.ts';
import { describeCommands } from '../completion/describe-commands.ts';
import { fishScript } from '../completion/fish.ts';
import { zshScript } from '../completion/zsh.ts';
import type { CommandContext } from '../context.ts';

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** Prints a completion script that is made from `program` as it stands. */
export function completion(program: CommandUnknownOpts, { out }: CommandContext): CommandUnknownOpts {
  return new Command('completion')
    .summary('Print a script that completes commands and options in your shell')
    .description(
      'Prints a script that completes commands and options in your shell. Where no program named frontdesk is on the\n' +
        'path, the script also defines one that runs this checkout.',
    )
    .addArgument(new Argument('<shell>', 'which shell').choices(['bash', 'zsh', 'fish']))
    .addHelpText(
      'after',
      `
Examples:
  $ source <(pnpm --silent frontdesk completion bash)     # in ~/.bashrc
  $ source <(pnpm --silent frontdesk completion zsh)      # in ~/.zshrc, after compinit
  $ pnpm --silent frontdesk completion fish | source      # in config.fish`,
    )
    .action((shell) => out.line(scripts[shell](describeCommands(program)).trimEnd()));
}
