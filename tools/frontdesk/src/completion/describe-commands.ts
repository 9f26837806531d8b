import { fileURLToPath } from 'node:url';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';

/** A command as a completion script needs it. */
export type CommandDescription = {
  /** The words before it: `queues peek`; empty for the whole program. */
  path: string;
  summary: string;
  commands: readonly { name: string; summary: string }[];
  options: readonly { flag: string; summary: string; takesValue: boolean; values: readonly string[] }[];
  /** What may stand as an argument, where that is a known list. */
  values: readonly string[];
};

/** Every command of the tree, the program itself first. */
export function describeCommands(program: CommandUnknownOpts): CommandDescription[] {
  return describe(program, []);
}

function describe(command: CommandUnknownOpts, path: readonly string[]): CommandDescription[] {
  const help = command.createHelp();
  const children = help.visibleCommands(command);
  const own: CommandDescription = {
    path: path.join(' '),
    summary: command.summary(),
    commands: children.map((child) => ({ name: child.name(), summary: child.summary() })),
    options: help.visibleOptions(command).map((option) => ({
      flag: option.long ?? option.flags,
      summary: option.description,
      takesValue: option.required || option.optional,
      values: option.argChoices ?? [],
    })),
    values: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
  };
  const deeper = children.filter((child) => child.name() !== 'help');
  return [own, ...deeper.flatMap((child) => describe(child, [...path, child.name()]))];
}

const runner = fileURLToPath(new URL('../../../bootstrap/run.mjs', import.meta.url));

/** How a shell starts the command line from this checkout. */
export const startFromCheckout = `node '${runner.replaceAll("'", "'\\''")}' frontdesk`;
