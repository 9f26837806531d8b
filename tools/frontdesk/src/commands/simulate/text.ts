import type { CommandContext } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { verb } from '../../verb.ts';
import { personOption, simulate, waitOption } from './simulation.ts';

export const text = (context: CommandContext) =>
  verb('text', {
    summary: 'Text the clinic and print the thread with its answer',
    description: 'The text reaches the desk as a signed webhook of the carrier. Only on the stack of npm start.',
    examples: [
      'frontdesk simulate text "Hi, do you have botox openings Tuesday afternoon?"',
      'frontdesk simulate text STOP --as stranger --wait 60',
    ],
  })
    .argument('<words...>', 'what to say')
    .addOption(personOption())
    .addOption(waitOption())
    .action(async (words, { as, wait, json }) =>
      simulate(context, {
        as,
        wait,
        json,
        act: async ({ phone, person }) => {
          const { state } = await phone.sendText(person.id, words.join(' '));
          if (state === 'refused') context.out.fail("The desk's webhook refused the text.", exitCodes.failed);
        },
      }),
    );
