import { AccountFailure, PermanentFailure } from '@frontdesk/kernel';
import type { Registration } from './registration.ts';

/** A final no as a value, and so an account that has long not been served; whatever else goes wrong is thrown, and tried again. */
export async function orRefusal<T>(
  asked: Promise<T>,
  { isUnservedForLong = false }: Pick<Registration, 'isUnservedForLong'> = {},
): Promise<T | PermanentFailure> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof PermanentFailure) return error;
    if (isUnservedForLong && error instanceof AccountFailure)
      return new PermanentFailure(error.message, { cause: error });
    throw error;
  }
}
