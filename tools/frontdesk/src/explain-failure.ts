import { FrontdeskError } from '@frontdesk/kernel';

const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EPIPE',
]);
const refusedLogins = new Set(['28000', '28P01', '3D000']); // of Postgres: role, password, database

/** What went wrong, in words for whoever typed the command: what others say, and what to do about it. */
export function explainFailure(error: unknown): string {
  if (!Error.isError(error)) return String(error);
  if (error instanceof FrontdeskError) return error.message;
  const says = error.message === '' ? error.name : error.message;
  const advice = adviceFor(error);
  return advice === null ? `${error.name}: ${says}` : `${advice} (${says})`;
}

function adviceFor(error: Error): string | null {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (refusedLogins.has(code)) return 'Postgres refuses the login: see the address in DATABASE_OPERATOR_URL.';
  if (unreachable.has(code) || error.message.startsWith('timeout exceeded when trying to connect')) {
    return 'A part of the desk does not answer: see that it runs and that this machine may reach it; `frontdesk doctor` names it.';
  }
  if (error.name === 'CredentialsProviderError') return 'AWS does not know who asks: set AWS_PROFILE, or sign in.';
  if (error.message === 'Region is missing') return 'Nothing says which AWS region is meant: set AWS_REGION.';
  return null;
}
