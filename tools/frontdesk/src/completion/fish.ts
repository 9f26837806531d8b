import { startFromCheckout, type CommandDescription } from './describe-commands.ts';

/** A completion script for fish. */
export function fishScript(commands: readonly CommandDescription[]): string {
  const lines = commands.flatMap(({ path, commands: children, options, values }) => {
    const here = `complete -c frontdesk -f -n ${quoted(`__frontdesk_at ${quoted(path)}`)}`;
    return [
      ...children.map(({ name, summary }) => `${here} -a ${name} -d ${quoted(summary)}`),
      ...values.map((value) => `${here} -a ${value}`),
      ...options.map(({ flag, summary, takesValue, values: choices }) =>
        [
          `${here} -l ${flag.replace(/^--/, '')} -d ${quoted(summary)}`,
          takesValue ? ' -x' : '',
          choices.length > 0 ? ` -a ${quoted(choices.join(' '))}` : '',
        ].join(''),
      ),
    ];
  });
  const known = commands.map(({ path }) => path).filter((path) => path !== '');
  return `# fish completion of frontdesk, made from its commands
type -q frontdesk; or function frontdesk; ${startFromCheckout} $argv; end

function __frontdesk_at --description 'Whether the words so far name this command'
    set -l known ${known.map(quoted).join(' ')}
    set -l path
    for word in (commandline -opc)[2..]
        contains -- "$path $word" ' '$known; and set path "$path $word"
    end
    test (string trim -- "$path") = "$argv[1]"
end

${lines.join('\n')}
`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
