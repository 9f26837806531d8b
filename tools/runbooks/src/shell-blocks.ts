/** A block of commands on a page. */
export type ShellBlock = {
  commands: string;
  /** The line of the page on which it begins. */
  line: number;
  /** Whether it can run here, or needs AWS or a provider's console. */
  runs: boolean;
  /** How its last command is to end. */
  exitCode: number;
};

const fence = /^```sh([^\n]*)\n([\s\S]*?)^```$/gm;

/** The blocks of a page that are marked as shell, in their order. */
export function shellBlocks(page: string): ShellBlock[] {
  return [...page.matchAll(fence)].map(({ 1: info = '', 2: commands = '', index }) => ({
    commands: commands.trim(),
    line: page.slice(0, index).split('\n').length,
    runs: !info.includes('elsewhere'),
    exitCode: Number(/exit=(\d)/.exec(info)?.[1] ?? 0),
  }));
}
