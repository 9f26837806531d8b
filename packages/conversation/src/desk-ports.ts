import type { TenantTransaction } from '@frontdesk/db';
import type { Id, Money } from '@frontdesk/kernel';
export type PatientType = 'new' | 'returning';
