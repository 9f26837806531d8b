import { createOperatorDatabase } from '@frontdesk/db';
import { armFailpoints, systemClock } from '@frontdesk/kernel';
import { redriveDeadLetters } from '@frontdesk/operations';
import { createSqs } from '@frontdesk/queue';

/** Redrives everything in a process that a failpoint may kill. Its settings are its arguments. */
const [url = '', endpoint = '', failpointName] = process.argv.slice(2);
if (failpointName !== undefined) armFailpoints([failpointName]);

const sqs = createSqs({ endpoint, region: 'us-east-1' });
const database = createOperatorDatabase({ url });
const parts = { sqs, database, clock: systemClock };
await redriveDeadLetters({ ...parts, filter: {}, operator: 'ada', perSecond: 3, hideSeconds: 1 });
await database.close();
sqs.destroy();
