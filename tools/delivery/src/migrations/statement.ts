/** The statements of a migration, without comments and with the bodies of functions and texts taken out. */
export function statementsOf(sql: string): { text: string; line: number }[] {
  const plain = sql.replaceAll(notCode, (found) => found.replaceAll(/[^\n]/g, ' '));
  const statements: { text: string; line: number }[] = [];
  let offset = 0;
  for (const text of plain.split(';')) {
    const start = offset + text.search(/\S|$/);
    if (text.trim() !== '') {
      statements.push({ text: text.trim().replaceAll(/\s+/g, ' '), line: plain.slice(0, start).split('\n').length });
    }
    offset += text.length + 1;
  }
  return statements;
}

/** Comments, dollar-quoted bodies and quoted texts, whichever begins first. */
const notCode = /--[^\n]*|\/\*[^]*?\*\/|(?<tag>\$\w*\$)[^]*?\k<tag>|'(?:[^']|'')*'/g;
