import type { CommandContext } from '../../context.ts';
import { verb } from '../../verb.ts';
import { personOption, simulate, waitOption } from './simulation.ts';

export const call = (context: CommandContext) =>
  verb('call', {
    summary: 'Call the clinic, hang up unanswered and print the text that comes back',
    description: 'Every step of the call reaches the desk as a signed webhook. Only on the stack of npm start.',
    examples: ['frontdesk simulate call', 'frontdesk simulate call --as ben --json'],
  })
    .addOption(personOption())
    .addOption(waitOption())
    .action(async ({ as, wait, json }) =>
      simulate(context, {
        as,
        wait,
        json,
        act: async ({ phone, person }) => {
          const { id } = await phone.placeCall(person.id);
          await phone.hangUp(id);
        },
      }),
    );
