import { present } from '@frontdesk/kernel';
import type { Scene } from '../scene.ts';

/** Where a fault needs one clinic, whichever it is. */
export const firstClinic = ({ clinics }: Scene): Scene['clinics'][number] =>
  present(clinics[0], 'the first clinic of the scene');
