import type { Plan, Step } from './plan.ts';

const migrationWords: Record<Plan['migrations'], string> = {
  'run first': 'run first',
  'none are new': 'none are new',
  'not compared': 'not compared; say with --since what runs now',
};

/** The plan for people. */
export function describePlan(plan: Plan): string {
  const { service, environment, image, migrations, steps, resources, changes } = plan;
  return [
    `${service} in ${environment}`,
    `  image       ${image}`,
    `  migrations  ${migrationWords[migrations]}`,
    '',
    'Steps',
    ...steps.flatMap((step, index) => [`  ${index + 1}. ${describeStep(step)}`, ...commandOf(step)]),
    '',
    ...(changes === undefined
      ? ['Resources of its stack', ...resources.map(({ type, count }) => `  ${String(count).padStart(2)}  ${type}`)]
      : ['Changes of its resources', ...describeChanges(changes)]),
  ].join('\n');
}

function describeStep(step: Step): string {
  switch (step.what) {
    case 'deploy':
      return `deploy ${step.stack}`;
    case 'migrate':
      return `run the migrations and wait until they are done${step.files.length > 0 ? `: ${step.files.join(', ')}` : ''}`;
  }
}

const commandOf = (step: Step) =>
  step.what === 'deploy' ? [`     (in infra) node_modules/.bin/${step.command.join(' ')}`] : [];

function describeChanges(changes: NonNullable<Plan['changes']>): string[] {
  if (changes.length === 0) return ['  none but the image'];
  return changes.map(
    ({ change, type, id, properties }) =>
      `  ${change.padEnd(7)}  ${type}  ${id}${properties.length > 0 ? `: ${properties.join(', ')}` : ''}`,
  );
}
