import express from 'express';
import pg from 'pg';

/** The baseline: a route that parses the JSON and inserts one row. No signature, no dedupe, no outbox. */
const { DATABASE_URL, PORT } = process.env;

const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 20 });
const app = express();
app.post('/webhooks/telnyx/messages', express.json(), async (request, response) => {
  await pool.query('insert into bare_webhooks (payload) values ($1)', [request.body]);
  response.json({ result: 'accepted' });
});
app.listen(Number(PORT), '127.0.0.1');
