import { readEvictionPolicy } from '@frontdesk/queue/eviction-policy';
import { fine, wrong, type Finding } from './finding.ts';

/** Redis holds the alarms: what it evicts rings only when a sweep finds it. */
export async function examineRedis(url: string): Promise<Finding[]> {
  const policy = await readEvictionPolicy(url);
  if (policy === 'noeviction') return [fine('eviction', policy)];
  return [wrong('eviction', `maxmemory-policy is ${policy ?? 'not told'}`, 'set it to noeviction, or alarms get lost')];
}
