import type { Fault } from '../fault.ts';
import { carrierFaults } from './carrier.ts';
import { consentFaults } from './consent.ts';
import { databaseFaults } from './database.ts';
import { dyingServices } from './dying-services.ts';
import { hostileWebhooks } from './hostile-webhooks.ts';
import { modelFaults } from './model.ts';
import { processFaults } from './processes.ts';
import { queueFaults } from './queues.ts';
import { redisFaults } from './redis.ts';
import { squareFaults } from './square.ts';
import { wallFaults } from './walls.ts';
import { webhookFaults } from './webhooks.ts';

export const faults: readonly Fault[] = [
  ...dyingServices,
  ...processFaults,
  ...databaseFaults,
  ...queueFaults,
  ...carrierFaults,
  ...webhookFaults,
  ...hostileWebhooks,
  ...modelFaults,
  ...squareFaults,
  ...consentFaults,
  ...wallFaults,
  ...redisFaults,
];
