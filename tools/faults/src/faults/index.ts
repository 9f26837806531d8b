import type { Fault } from '../fault.ts';
import { carrierAnswers } from './carrier-answers.ts';
import { carrierNetwork } from './carrier-network.ts';
import { carrierReceipts } from './carrier-receipts.ts';
import { consentFaults } from './consent.ts';
import { databaseConflicts } from './database-conflicts.ts';
import { databaseNetwork } from './database-network.ts';
import { databaseServer } from './database-server.ts';
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
  ...databaseServer,
  ...databaseNetwork,
  ...databaseConflicts,
  ...queueFaults,
  ...carrierAnswers,
  ...carrierReceipts,
  ...carrierNetwork,
  ...webhookFaults,
  ...hostileWebhooks,
  ...modelFaults,
  ...squareFaults,
  ...consentFaults,
  ...wallFaults,
  ...redisFaults,
];
