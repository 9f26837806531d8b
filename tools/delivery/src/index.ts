export { changedDeployables } from './changed/changed-deployables.ts';
export { planDeployment } from './changed/plan-deployment.ts';
export { readChange } from './changed/read-change.ts';
export { readWorkspaces, withDependencies } from './changed/workspace.ts';
export { judgeChange } from './migrations/judge-change.ts';
export { judgeMigration } from './migrations/judge-migration.ts';
export { statementsOf } from './migrations/statement.ts';
