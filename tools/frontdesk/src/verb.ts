import { Command } from '@commander-js/extra-typings';

export type VerbText = {
  /** One line, for the list of verbs. */
  summary: string;
  /** What else is to be known before it is used. */
  description?: string;
  /** Whole commands, as one would type them. */
  examples: readonly string[];
};

/** A verb with what every verb has: `--json`, and examples in its help. */
export function verb(name: string, { summary, description, examples }: VerbText) {
  return new Command(name)
    .summary(summary)
    .description(description === undefined ? `${summary}.` : `${summary}.\n\n${unwrapped(description)}`)
    .option('--json', 'print the result as JSON')
    .addHelpText('after', `\nExamples:\n${examples.map((example) => `  $ ${example}`).join('\n')}`);
}

/** Paragraphs as one line each: the help folds them to the width of the terminal. */
function unwrapped(text: string): string {
  return text.replace(/(?<!\n)\n(?!\n)/g, ' ');
}
