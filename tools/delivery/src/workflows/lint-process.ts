// Prints as JSON what GitHub's own language service finds in the workflow files that it is given.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { TextDocument } from 'vscode-languageserver-textdocument';

// The service imports JSON in the way of bundlers, which Node refuses.
registerHooks({
  load(url, context, next) {
    if (!url.endsWith('.json')) return next(url, context);
    return { format: 'module', source: `export default ${readFileSync(new URL(url), 'utf8')}`, shortCircuit: true };
  },
});
const { validate } = await import('@actions/languageservice');

const findings: string[] = [];
for (const file of process.argv.slice(2)) {
  const document = TextDocument.create(pathToFileURL(file).href, 'yaml', 1, readFileSync(file, 'utf8'));
  for (const { range, message } of await validate(document)) {
    const words = typeof message === 'string' ? message : message.value;
    findings.push(`${file}:${range.start.line + 1} ${words}`);
  }
}
console.log(JSON.stringify(findings));
