import { demoClinic, localTokenKeys, seedClinic, seedWhatsApp } from '@frontdesk/local-stack';
import { loadConfig, secret } from '@frontdesk/runtime';
import pg from 'pg';
import { z } from 'zod';

const { DATABASE_ADMIN_URL } = await loadConfig(z.object({ DATABASE_ADMIN_URL: secret(z.url()) }));

const owner = new pg.Client({ connectionString: DATABASE_ADMIN_URL });
await owner.connect();
await seedClinic(owner, demoClinic, localTokenKeys);
await seedWhatsApp(owner, demoClinic, localTokenKeys);
await owner.end();
console.log(`${demoClinic.name} answers at ${demoClinic.location.number}`);
