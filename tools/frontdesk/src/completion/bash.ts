import { startFromCheckout, type CommandDescription } from './describe-commands.ts';

/** A completion script for bash 3.2 and newer, which is the oldest that still comes with a system. */
export function bashScript(commands: readonly CommandDescription[]): string {
  const words = commands.map(
    ({ path, commands: children, options, values }) =>
      `    '${path}') words='${[...children.map(({ name }) => name), ...values, ...options.map(({ flag }) => flag)].join(' ')}' ;;`,
  );
  const choices = commands.flatMap(({ path, options }) =>
    options
      .filter(({ takesValue }) => takesValue)
      .map(({ flag, values }) => `    '${[path, flag].join(' ').trim()}') words='${values.join(' ')}'; chosen=1 ;;`),
  );
  return `# bash completion of frontdesk, made from its commands
type -t frontdesk >/dev/null || frontdesk() { ${startFromCheckout} "$@"; }

_frontdesk() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" path='' words='' chosen='' word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${path:+$path }$word" in
${commands
  .filter(({ path }) => path !== '')
  .map(({ path }) => `    '${path}') path='${path}' ;;`)
  .join('\n')}
    esac
  done
  case "\${path:+$path }$previous" in
${choices.join('\n')}
  esac
  [ -n "$chosen" ] || case "$path" in
${words.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _frontdesk frontdesk
`;
}
