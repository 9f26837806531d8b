import { FrontdeskError } from '@frontdesk/kernel';
import { wrong, type Examination, type Finding, type Report } from './finding.ts';

/** An examination that takes longer waits for something that does not answer. */
const withinMs = 20_000;

/** Looks at everything side by side. What cannot be looked at is itself something wrong; nothing is thrown. */
export async function examine(examinations: readonly Examination[], timeoutMs = withinMs): Promise<Report> {
  const areas = await Promise.all(
    examinations.map(async ({ area, examine: look }) => ({ area, findings: await attempt(area, look, timeoutMs) })),
  );
  return { areas, wrong: areas.some(({ findings }) => findings.some(({ verdict }) => verdict === 'wrong')) };
}

async function attempt(area: string, look: () => Promise<Finding[]>, timeoutMs: number): Promise<Finding[]> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<Finding[]>((resolve) => {
    timer = setTimeout(() => {
      resolve([
        wrong(area, `no answer within ${timeoutMs / 1_000} s`, 'see that it runs and that this machine may reach it'),
      ]);
    }, timeoutMs);
  });
  try {
    return await Promise.race([look(), tooLate]);
  } catch (error) {
    return [wrong(area, reasonOf(error), adviceFor(error))];
  } finally {
    clearTimeout(timer);
  }
}

function adviceFor(error: unknown): string {
  if (Error.isError(error) && error.message === 'Region is missing') {
    return 'set AWS_REGION, or AWS_PROFILE to a profile with a region; for an emulator AWS_ENDPOINT_URL as well';
  }
  if (Error.isError(error) && error.name === 'CredentialsProviderError') return 'set AWS_PROFILE, or sign in to AWS';
  return 'see that it runs, that this machine may reach it, and that the login is right';
}

/** Our own errors speak for themselves; of others the kind, and the words, which quote addresses at most. */
function reasonOf(error: unknown): string {
  if (error instanceof FrontdeskError) return error.message;
  if (!Error.isError(error)) return 'it could not be looked at';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return error.message === '' ? code : `${code}: ${error.message}`;
}
