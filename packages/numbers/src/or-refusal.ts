import { PermanentFailure } from '@frontdesk/kernel';

/** A final no as a value; whatever else goes wrong is thrown, and tried again. */
export async function orRefusal<T>(asked: Promise<T>): Promise<T | PermanentFailure> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof PermanentFailure) return error;
    throw error;
  }
}
