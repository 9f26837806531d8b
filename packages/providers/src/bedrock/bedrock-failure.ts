import { FrontdeskError, PermanentFailure, TransientFailure } from '@frontdesk/kernel';
import { BedrockRuntimeServiceException } from '@aws-sdk/client-bedrock-runtime';

/** Exceptions that no further try would change. ConflictException and quotas (400) need a person, like the rest. */
const final = new Set([
  'ValidationException',
  'AccessDeniedException',
  'ResourceNotFoundException',
  'ServiceQuotaExceededException',
  'ConflictException',
  'UnrecognizedClientException',
  'ExpiredTokenException',
  'InvalidSignatureException',
  'CredentialsProviderError',
]);

export type BedrockFailure = { code: string; error: TransientFailure | PermanentFailure };

/** Any failure of a request as one of the two kinds. Bedrock's own messages may quote the prompt, so only codes remain. */
export function bedrockFailure(error: unknown): BedrockFailure {
  if (error instanceof TransientFailure || error instanceof PermanentFailure) {
    return { code: error.name, error };
  }
  const code = codeOf(error);
  const message = `Bedrock: ${code}${detailsOf(error)}`;
  return { code, error: final.has(code) ? new PermanentFailure(message) : new TransientFailure(message) };
}

function codeOf(error: unknown): string {
  if (error instanceof FrontdeskError || !(error instanceof Error)) return 'UnknownError';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return /^\w+$/.test(error.name) ? error.name : 'UnknownError';
}

function detailsOf(error: unknown): string {
  if (!(error instanceof BedrockRuntimeServiceException)) return '';
  const { httpStatusCode, requestId } = error.$metadata;
  return ` (${httpStatusCode ?? 'no status'}${requestId === undefined ? '' : `, request ${requestId}`})`;
}
