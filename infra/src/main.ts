import { App } from 'aws-cdk-lib';
import { buildApp } from './app.ts';
import { environments } from './environments.ts';

// What the `cdk` command asks: `cdk … -c environment=staging`. Production is never meant by leaving it out.
const asked: unknown = new App({ autoSynth: false }).node.tryGetContext('environment');
if (asked !== 'staging' && asked !== 'production') {
  throw new Error('say for which environment: cdk … -c environment=staging (or production)');
}
buildApp(environments[asked]).synth();
