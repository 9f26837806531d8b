import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ModelRequest } from '@frontdesk/conversation';
import { answerWith, meet, newClinic, now, openScene, type Patient, type Scene } from './scene.ts';
import { calls, lastResults, says, scripted } from './scripted-model.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.server.close());

const everything = {
  first_name: 'Ana',
  service: 'botox',
  patient_type: 'new',
  days: ['tuesday', 'wednesday'],
  from_time: '14:00',
};
const firstWords = "Hi, I'm Ana, new here. Botox on tuesday or wednesday after 2pm please";
type Time = { time_id: string; label: string; practitioner: string };
const offeredTo = (request: ModelRequest) => (lastResults(request).at(-1)?.result['times'] ?? []) as Time[]; // as find_times answers
const offers = (request: ModelRequest) =>
  says(
    `I have ${offeredTo(request)
      .map(({ label }) => label)
      .join(' or ')}. Which works best?`,
  );
const factsOf = ({ facts }: ModelRequest) =>
  JSON.parse(facts) as { offeredTimes: { timeId: string; label: string }[]; stillToLearn: string[] };

/** From the first text to the offer of times. */
async function beOffered(patient: Patient): Promise<void> {
  await patient.texts(firstWords);
  await answerWith(scene, scripted(calls(['save_details', everything]), calls(['find_times', {}]), offers))(patient);
}

/** And on to the deposit question. */
async function beAsked(patient: Patient): Promise<void> {
  await beOffered(patient);
  await patient.texts('the first one please');
  const model = scripted(
    (request) => calls(['hold_time', { time_id: factsOf(request).offeredTimes[0]?.timeId }]),
    calls(['offer_deposit', {}]),
    (request) => says(String(lastResults(request)[0]?.result['ask'])),
  );
  await answerWith(scene, model)(patient);
}

describe('offered times that can be tapped', () => {
  it('are those of the reply, and the one that is tapped is held by code, whatever the model makes of it', async () => {
    const ana = await meet(scene, await newClinic(scene));
    await beOffered(ana);
    const choices = await ana.choices();
    expect(choices.map(({ title }) => title)).toEqual(
      [...((await ana.heard())[0] ?? '').matchAll(/(Tue|Wed), \w+ \d+, \d+:\d+ PM/g)].map(([label]) =>
        label.replaceAll(',', ''),
      ),
    );
    expect(choices.map(({ title }) => title.length <= 20)).toEqual([true, true, true]);

    const [, second] = choices;
    await ana.texts(String(second?.title), { tapped: String(second?.id) });
    const model = scripted(
      (request) => {
        expect(lastResults(request)).toEqual([
          { result: expect.objectContaining({ held: true, service: 'Botox' }), isError: false },
        ]);
        return calls(['offer_deposit', {}]);
      },
      (request) => says(String(lastResults(request)[0]?.result['ask'])),
    );
    await answerWith(scene, model)(ana);
    expect((await ana.heard()).at(-1)).toMatch(/\$50 deposit.*\?$/);
    expect(await ana.choices()).toEqual([]);
    const { rows } = await scene.server.owner.query(
      'select starts_at from appointments a join time_offers o using (org_id, starts_at) where contact_id = $1 and o.id = $2',
      [ana.contactId, second?.id.replace('offer:', '')],
    );
    expect(rows).toHaveLength(1);
  });

  it('may be named by their place in the list, as where WhatsApp shows them without buttons', async () => {
    const ana = await meet(scene, await newClinic(scene));
    await beOffered(ana);
    await ana.isOnWhatsApp();
    const [, second] = await ana.choices();
    await ana.texts('2');
    await answerWith(scene, scripted(says('Your time is held.')))(ana);
    const { rows } = await scene.server.owner.query(
      'select from appointments a join time_offers o using (org_id, starts_at) where contact_id = $1 and o.id = $2',
      [ana.contactId, second?.id.replace('offer:', '')],
    );
    expect(rows).toHaveLength(1);
  });

  it('are left to the model when the person wrote something since', async () => {
    const ana = await meet(scene, await newClinic(scene));
    await beOffered(ana);
    const [first] = await ana.choices();
    await ana.texts(String(first?.title), { tapped: String(first?.id) });
    await ana.texts('no wait, is there parking?');
    const model = scripted(says('There is. Which time works best?'));
    await answerWith(scene, model)(ana);
    expect(model.requests).toHaveLength(1);
    const { rows } = await scene.server.owner.query('select from appointments where contact_id = $1', [ana.contactId]);
    expect(rows).toHaveLength(0);
  });
});

describe('a booking by text', () => {
  it('learns, offers, holds, asks, and asks payments for the link when the person agrees, once', async () => {
    const ana = await meet(scene, await newClinic(scene));
    await beOffered(ana);
    expect(await ana.lead()).toMatchObject({
      source: 'sms',
      first_name: 'Ana',
      patient_type: 'new',
      preferred_days: [2, 3],
      preferred_from_minute: 14 * 60 + 1,
      deposit_status: 'none',
    });
    const [offer] = await ana.heard();
    expect(offer).toMatch(/virtual receptionist of Radiance Medspa.*Tue, Nov 24, 2:15 PM.*Reply STOP to opt out\.$/);

    await ana.texts('the first one please');
    const model = scripted(
      (request) => calls(['hold_time', { time_id: factsOf(request).offeredTimes[0]?.timeId }]),
      (request) => {
        expect(lastResults(request)[0]?.result).toMatchObject({ held: true, service: 'Botox', deposit: '$50' });
        return calls(['offer_deposit', {}]);
      },
      (request) => says(String(lastResults(request)[0]?.result['ask'])),
    );
    await answerWith(scene, model)(ana);
    const question = (await ana.heard()).at(-1);
    expect(question).toMatch(/\$50 deposit.*\?$/);
    expect(question).not.toMatch(/STOP|receptionist|botox/i);
    const [visit] = (
      await scene.server.owner.query('select * from appointments where contact_id = $1', [ana.contactId])
    ).rows;
    expect(visit).toMatchObject({
      state: 'held',
      hold_expires_at: new Date(now.add({ minutes: 15 }).epochMilliseconds),
    });
    expect(await ana.lead()).toMatchObject({ deposit_status: 'asked', deposit_asked_appointment_id: visit.id });
    expect(await ana.events('payments.booking-requested.v1')).toEqual([]);

    await ana.texts('Yes please');
    await answerWith(scene, scripted())(ana);
    expect(await ana.events('payments.booking-requested.v1')).toEqual([
      { appointmentId: visit.id, patientType: 'new' },
    ]);
    expect((await ana.heard()).at(-1)).toMatch(/Thank you, Ana! The secure link for your \$50 deposit/);

    await ana.texts('yes');
    await answerWith(scene, scripted(says('The link comes in a text of its own.')))(ana);
    expect(await ana.events('payments.booking-requested.v1')).toHaveLength(1);
    expect((await ana.turns()).every(({ state }) => state === 'answered')).toBe(true);
  });

  it('puts the deposit question itself when the model forgets it', async () => {
    const ana = await meet(scene, await newClinic(scene));
    await beOffered(ana);
    await ana.texts('first one');
    const model = scripted(
      (request) => calls(['hold_time', { time_id: factsOf(request).offeredTimes[0]?.timeId }]),
      says('Great choice!'),
    );
    await answerWith(scene, model)(ana);
    expect((await ana.heard()).at(-1)).toMatch(/^Great choice! To book .* we take a \$50 deposit\. Shall I text you/);
    expect(await ana.lead()).toMatchObject({ deposit_status: 'asked' });
  });

  it('asks a returning person, who pays no deposit, before it books', async () => {
    const ben = await meet(scene, await newClinic(scene));
    await ben.texts("It's Ben, I've been before. A facial, any time on weekdays");
    const details = {
      first_name: 'Ben',
      service: 'facial',
      patient_type: 'returning',
      days: ['monday', 'tuesday'],
      any_time: true,
    };
    await answerWith(scene, scripted(calls(['save_details', details], ['find_times', {}]), offers))(ben);
    await ben.texts('the first');
    const hold = scripted(
      (request) => calls(['hold_time', { time_id: factsOf(request).offeredTimes[0]?.timeId }]),
      says('Lovely.'),
    );
    await answerWith(scene, hold)(ben);
    expect((await ben.heard()).at(-1)).toMatch(/^Lovely\. Shall I book .* for you\?$/);
    await ben.texts('yes');
    await answerWith(scene, scripted())(ben);
    expect(await ben.events('payments.booking-requested.v1')).toMatchObject([{ patientType: 'returning' }]);
    expect((await ben.heard()).at(-1)).not.toMatch(/deposit|\$/);
  });

  it('takes thanks for other talk for no yes', async () => {
    const ana = await meet(scene, await newClinic(scene));
    await beAsked(ana);
    await ana.texts('what should I wear?');
    await answerWith(scene, scripted(says('Whatever you like.')))(ana);
    await ana.texts('Perfect, thanks!');
    await answerWith(scene, scripted(says('You are welcome.')))(ana);
    expect(await ana.lead()).toMatchObject({ deposit_status: 'asked' });
    await ana.texts('Yes, send the link');
    await answerWith(scene, scripted())(ana);
    expect(await ana.lead()).toMatchObject({ deposit_status: 'requested' });
  });

  it.each(["I'm not sure about the deposit", 'Okay but is the payment refundable?', "I'll pay cash at the clinic"])(
    'sends no link for "%s" and lets the model answer',
    async (words) => {
      const ana = await meet(scene, await newClinic(scene));
      await beAsked(ana);
      await ana.texts(words);
      await answerWith(scene, scripted(says('Would you like to go on with the deposit?')))(ana);
      expect(await ana.events('payments.booking-requested.v1')).toEqual([]);
      expect(await ana.lead()).toMatchObject({ deposit_status: 'asked' });
      await ana.texts('ok yes');
      await answerWith(scene, scripted())(ana);
      expect(await ana.events('payments.booking-requested.v1')).toHaveLength(1);
    },
  );

  it('takes a no for a no', async () => {
    const ana = await meet(scene, await newClinic(scene));
    await beAsked(ana);
    await ana.texts('no thanks');
    const model = scripted(calls(['offer_deposit', {}]), (request) => {
      expect(lastResults(request)[0]).toMatchObject({ isError: true });
      return says('No problem. Would you like our team to call you?');
    });
    await answerWith(scene, model)(ana);
    expect((await ana.heard()).at(-1)).toBe('No problem. Would you like our team to call you?');
    expect(await ana.lead()).toMatchObject({ deposit_status: 'declined' });
    expect(await ana.events('payments.booking-requested.v1')).toEqual([]);
  });

  it('of a yes that comes after the hold ran out asks for nothing', async () => {
    const ana = await meet(scene, await newClinic(scene));
    await beAsked(ana);
    await ana.texts('yes');
    const later = { clock: () => now.add({ minutes: 20 }) };
    await answerWith(scene, scripted(says('Which days suit you?')), later)(ana);
    expect(await ana.events('payments.booking-requested.v1')).toEqual([]);
  });

  it('at a clinic that cannot take deposits goes to the team, who are told', async () => {
    const ana = await meet(scene, await newClinic(scene, { depositAccount: null }));
    await beOffered(ana);
    await ana.texts('the first');
    const model = scripted(
      (request) => calls(['hold_time', { time_id: factsOf(request).offeredTimes[0]?.timeId }], ['offer_deposit', {}]),
      says('Great choice!'),
    );
    await answerWith(scene, model)(ana);
    expect((await ana.heard()).at(-1)).toBe('Great choice! Our team will call you to finish the booking.');
    expect(await ana.tasks()).toMatchObject([{ kind: 'no-deposit-account' }]);
    expect(await ana.notices()).toHaveLength(1);
  });

  it('lets one of two have the time; the other is told and offered others', async () => {
    const clinic = await newClinic(scene);
    const pair = [await meet(scene, clinic), await meet(scene, clinic)];
    for (const patient of pair) await beOffered(patient);
    await Promise.all(
      pair.map(async (patient) => {
        await patient.texts('the first');
        const model = scripted(
          (request) => calls(['hold_time', { time_id: factsOf(request).offeredTimes[0]?.timeId }]),
          (request) => {
            const [held] = lastResults(request);
            if (held?.isError !== true) return says('Wonderful.');
            return says(
              `Sorry, that time was just taken. I have ${offeredTo(request)
                .map(({ label }) => label)
                .join(' or ')}.`,
            );
          },
        );
        await answerWith(scene, model)(patient);
      }),
    );
    const last = (await Promise.all(pair.map((patient) => patient.heard()))).map((heard) => heard.at(-1));
    expect(last.filter((text) => /deposit/.test(String(text)))).toHaveLength(1);
    expect(last.filter((text) => /just taken.*\d [AP]M/.test(String(text)))).toHaveLength(1);
    const { rows } = await scene.server.owner.query("select 1 from appointments where org_id = $1 and state = 'held'", [
      clinic.id,
    ]);
    expect(rows).toHaveLength(1);
  });

  it('forgets the offers of a service that is no longer wanted', async () => {
    const ana = await meet(scene, await newClinic(scene));
    await beOffered(ana);
    await ana.texts('actually a facial');
    const model = scripted(calls(['save_details', { service: 'facial' }]), (request) => {
      expect(factsOf(request).offeredTimes).toEqual([]);
      return says('A facial it is.');
    });
    await answerWith(scene, model)(ana);
    expect(await ana.heard()).toHaveLength(2);
  });

  it('says so when nothing fits the wish, and offers the nearest', async () => {
    const ana = await meet(scene, await newClinic(scene));
    await ana.texts("I'm Ana, new, botox on sunday");
    const details = { first_name: 'Ana', service: 'botox', patient_type: 'new', days: ['sunday'] };
    const model = scripted(calls(['save_details', details], ['find_times', {}]), (request) => {
      const found = lastResults(request).at(-1)?.result;
      expect(found).toMatchObject({ note: expect.stringContaining('Sunday') });
      expect(found?.['times']).not.toEqual([]);
      return says(`We have nothing on Sunday. I have ${offeredTo(request)[0]?.label ?? ''}.`);
    });
    await answerWith(scene, model)(ana);
    expect((await ana.turns()).map(({ failure }) => failure)).toEqual([null]);
  });
});
