import { doubtful, fine, wrong, type Finding } from '@frontdesk/operations';

type Variables = Readonly<Record<string, string | undefined>>;

const withinMs = 10_000;
const telnyxApi = 'https://api.telnyx.com/v2';

/** What only the outside can say: whether the carrier takes the key, and whether providers reach the desk. Nothing is changed there. */
export async function examineOnline(variables: Variables): Promise<Finding[]> {
  const { TELNYX_API_KEY, TELNYX_BASE_URL = telnyxApi, PUBLIC_WEBHOOK_URL } = variables;
  const findings = await Promise.all([
    ...(TELNYX_API_KEY === undefined ? [] : [telnyx(TELNYX_BASE_URL, TELNYX_API_KEY)]),
    ...(PUBLIC_WEBHOOK_URL === undefined ? [] : [ingress(PUBLIC_WEBHOOK_URL)]),
  ]);
  return findings;
}

async function telnyx(baseUrl: string, key: string): Promise<Finding> {
  const subject = 'TELNYX_API_KEY';
  const status = await statusOf(`${baseUrl}/messaging_profiles?page[size]=1`, { authorization: `Bearer ${key}` });
  if (status === 200) return fine(subject, 'the carrier takes it');
  if (status === 401 || status === 403) {
    return wrong(
      subject,
      `the carrier refuses it (${status})`,
      'make a new one in the Telnyx portal (docs/runbooks/rotate-a-secret.md)',
    );
  }
  return doubtful(
    subject,
    status === null ? 'the carrier does not answer' : `the carrier answers ${status}`,
    'try again; see status.telnyx.com',
  );
}

async function ingress(url: string): Promise<Finding> {
  const status = await statusOf(`${url}/health`, {});
  if (status === 200) return fine('PUBLIC_WEBHOOK_URL', 'webhook-ingress answers there');
  return wrong(
    'PUBLIC_WEBHOOK_URL',
    status === null ? 'nobody answers there' : `it answers ${status}`,
    'see that the address leads to webhook-ingress (docs/runbooks/provider-webhook-tunnel.md)',
  );
}

/** Null when there is no answer. */
async function statusOf(url: string, headers: Record<string, string>): Promise<number | null> {
  try {
    return (await fetch(url, { headers, signal: AbortSignal.timeout(withinMs) })).status;
  } catch {
    return null;
  }
}
