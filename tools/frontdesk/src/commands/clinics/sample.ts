import { demoClinic } from '@frontdesk/local-stack';
import type { CommandContext } from '../../context.ts';
import { verb } from '../../verb.ts';

export const sample = ({ out }: CommandContext) =>
  verb('sample', {
    summary: 'Print a whole clinic as a file to start from',
    description: 'Give everything ids of its own (uuidgen) before it is applied.',
    examples: ['frontdesk clinics sample > my-clinic.json'],
  }).action(() => out.json(demoClinic));
