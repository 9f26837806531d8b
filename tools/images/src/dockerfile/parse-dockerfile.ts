import {
  DockerfileParser,
  Arg,
  Copy,
  Env,
  From,
  Healthcheck,
  JSONInstruction,
  Run,
  type Instruction,
  type PropertyInstruction,
} from 'dockerfile-ast';
import type { CacheMount, ParsedDockerfile, Stage, Step } from './stage.ts';

/**
 * Reads the instructions that the project's Dockerfile uses.
 * @throws Error at an instruction or form that is not among them, so that nothing is passed over in silence
 */
export function parseDockerfile(text: string): ParsedDockerfile {
  const globalArguments: Record<string, string> = {};
  const stages: { name: string; base: string; steps: Step[] }[] = [];
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    const stage = stages.at(-1);
    if (instruction instanceof From) stages.push(openStage(instruction, stages.length));
    else if (stage !== undefined) stage.steps.push(stepOf(instruction));
    else if (instruction instanceof Arg) Object.assign(globalArguments, entriesOf(instruction));
    else throw unreadable(instruction, 'only ARG stands before FROM');
  }
  return { globalArguments, stages: stages satisfies Stage[] };
}

function openStage(from: From, index: number): { name: string; base: string; steps: Step[] } {
  const base = from.getImage();
  if (base === null) throw unreadable(from, 'it names no image');
  return { name: from.getBuildStage() ?? String(index), base, steps: [] };
}

function stepOf(instruction: Instruction): Step {
  const keyword = instruction.getKeyword();
  if (instruction instanceof Arg) {
    const property = instruction.getProperty();
    if (property === null) throw unreadable(instruction, 'it names no argument');
    return { kind: 'arg', name: property.getName(), value: property.getValue() };
  }
  if (instruction instanceof Env) return { kind: 'env', entries: entriesOf(instruction) };
  if (instruction instanceof Copy) return copyOf(instruction);
  if (instruction instanceof Healthcheck) return { kind: 'healthcheck', command: healthCommandOf(instruction) };
  if (instruction instanceof Run) return runOf(instruction);
  switch (keyword) {
    case 'WORKDIR':
      return { kind: 'workdir', path: only(instruction) };
    case 'USER':
      return { kind: 'user', user: only(instruction) };
    case 'EXPOSE':
      return { kind: 'expose', port: Number(only(instruction)) };
    case 'STOPSIGNAL':
      return { kind: 'stopsignal', signal: only(instruction) };
    case 'ENTRYPOINT':
      return { kind: 'entrypoint', command: execForm(instruction) };
    case 'CMD':
      return { kind: 'cmd', command: execForm(instruction) };
    default:
      throw unreadable(instruction, `${keyword} is not read here`);
  }
}

function copyOf(copy: Copy): Step {
  const places = copy.getArguments().map((argument) => argument.getValue());
  const destination = places.at(-1);
  if (destination === undefined || places.length < 2) throw unreadable(copy, 'it needs a source and a destination');
  return { kind: 'copy', from: copy.getFromFlag()?.getValue() ?? null, sources: places.slice(0, -1), destination };
}

/** The command as the shell gets it, and the folders that its flags mount. */
function runOf(run: Run): Step {
  const cacheMounts = run.getFlags().map((flag): CacheMount => {
    const { type, id, target } = Object.fromEntries(
      (flag.getValue() ?? '').split(',').map((pair) => pair.split('=')),
    ) as Record<string, string | undefined>; // pairs of text
    if (flag.getName() !== 'mount' || type !== 'cache' || id === undefined || target === undefined) {
      throw unreadable(run, 'only cache mounts are read here');
    }
    return { id, target };
  });
  return { kind: 'run', command: (run.getRawArgumentsContent() ?? '').trim(), cacheMounts };
}

function healthCommandOf(check: Healthcheck): string[] {
  const content = check.getRawArgumentsContent() ?? '';
  const start = content.indexOf('[');
  if (check.getSubcommand()?.getValue() !== 'CMD' || start === -1) throw unreadable(check, 'it needs CMD in exec form');
  return JSON.parse(content.slice(start)) as string[]; // the exec form is a JSON array of strings
}

function execForm(instruction: Instruction): string[] {
  if (!(instruction instanceof JSONInstruction)) throw unreadable(instruction, 'it needs the exec form');
  const words = instruction.getJSONStrings().map((argument) => argument.getJSONValue());
  if (words.length === 0) throw unreadable(instruction, 'it needs the exec form, or signals end at a shell');
  return words;
}

function entriesOf(instruction: PropertyInstruction): Record<string, string> {
  return Object.fromEntries(
    instruction.getProperties().map((property) => [property.getName(), property.getValue() ?? '']),
  );
}

function only(instruction: Instruction): string {
  const [argument, more] = instruction.getArguments();
  if (argument === undefined || more !== undefined) throw unreadable(instruction, 'it takes one argument');
  return argument.getValue();
}

function unreadable(instruction: Instruction, reason: string): Error {
  return new Error(`Dockerfile line ${instruction.getRange().start.line + 1}: ${reason}`);
}
