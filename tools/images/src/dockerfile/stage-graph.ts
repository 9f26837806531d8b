import type { ParsedDockerfile, Stage } from './stage.ts';

export function stageNamed({ stages }: ParsedDockerfile, name: string): Stage {
  const stage = stages.find((candidate) => candidate.name === name);
  if (stage === undefined) throw new Error(`the Dockerfile has no stage ${name}`);
  return stage;
}

export function lastStage({ stages }: ParsedDockerfile): Stage {
  const stage = stages.at(-1);
  if (stage === undefined) throw new Error('the Dockerfile has no stage');
  return stage;
}

/** The earlier stages whose files a stage takes. */
export const sourcesOf = (stage: Stage): string[] =>
  stage.steps.flatMap((step) => (step.kind === 'copy' && step.from !== null ? [step.from] : []));

/** Whether the stage, or one that it is made from, declares the argument. */
export function dependsOn(dockerfile: ParsedDockerfile, stage: Stage, argument: string): boolean {
  if (stage.steps.some((step) => step.kind === 'arg' && step.name === argument)) return true;
  return dockerfile.stages
    .filter(({ name }) => name === stage.base || sourcesOf(stage).includes(name))
    .some((source) => dependsOn(dockerfile, source, argument));
}
