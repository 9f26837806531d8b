import { startFromCheckout, type CommandDescription } from './describe-commands.ts';

/** A completion script for zsh. It is loaded after `compinit`. */
export function zshScript(commands: readonly CommandDescription[]): string {
  const cases = commands.map(({ path, commands: children, options, values }) => {
    const words = [
      ...children.map(({ name, summary }) => described(name, summary)),
      ...values.map((value) => described(value, '')),
      ...options.map(({ flag, summary }) => described(flag, summary)),
    ];
    return `    '${path}') choices=(${words.join(' ')}) ;;`;
  });
  const valued = commands.flatMap(({ path, options }) =>
    options
      .filter(({ takesValue }) => takesValue)
      .map(
        ({ flag, values }) =>
          `    '${[path, flag].join(' ').trim()}') choices=(${values.map((value) => described(value, '')).join(' ')}); known=1 ;;`,
      ),
  );
  return `#compdef frontdesk
# zsh completion of frontdesk, made from its commands
(( $+commands[frontdesk] )) || frontdesk() { ${startFromCheckout} "$@" }

_frontdesk() {
  local at='' known='' word previous="\${words[CURRENT-1]}"
  local -a choices
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "\${at:+$at }$word" in
${commands
  .filter(({ path }) => path !== '')
  .map(({ path }) => `    '${path}') at='${path}' ;;`)
  .join('\n')}
    esac
  done
  case "\${at:+$at }$previous" in
${valued.join('\n')}
  esac
  [[ -n $known ]] || case "$at" in
${cases.join('\n')}
  esac
  _describe 'frontdesk' choices
}
compdef _frontdesk frontdesk
`;
}

function described(word: string, summary: string): string {
  const text = summary === '' ? word : `${word.replaceAll(':', '\\:')}:${summary}`;
  return `'${text.replaceAll("'", "'\\''")}'`;
}
