import { runUntilSignal } from '@frontdesk/runtime';
import { compose } from './compose.ts';
import { loadConfig } from './config.ts';

const service = compose(await loadConfig());
await runUntilSignal(service, { logger: service.logger });
