import { runDeploy } from './run-deploy.ts';
import { carryOut } from './carry-out.ts';

process.exitCode = await runDeploy(process.argv.slice(2), { out: process.stdout, err: process.stderr, carryOut });
