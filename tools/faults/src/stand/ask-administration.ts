import type { Scene } from '../scene.ts';
import { firstClinic } from './first-clinic.ts';

type Asked = {
  path: string;
  /** Left out: it is a question alone. */
  body?: Record<string, unknown>;
  /** What is asked again under one key has its effect once. */
  key?: string;
};

/** Asks the administration as the owner of the first clinic. */
export async function askAdministration(scene: Scene, { path, body, key }: Asked): Promise<Response> {
  const { issuer, services } = scene.desk;
  const { id: orgId } = firstClinic(scene);
  const headers = {
    authorization: `Bearer ${await issuer.mint({ orgs: { [orgId]: 'owner' } })}`,
    'content-type': 'application/json',
    ...(key !== undefined && { 'idempotency-key': key }),
  };
  const url = `${services.api.url}${path}`;
  if (body === undefined) return fetch(`${url}?orgId=${orgId}`, { headers });
  return fetch(url, { method: 'POST', headers, body: JSON.stringify({ orgId, ...body }) });
}
