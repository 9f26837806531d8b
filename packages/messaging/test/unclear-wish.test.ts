import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestPerson } from '@frontdesk/testkit';
import { suppressions } from '../src/clear-to-send.ts';
import { receiveText } from './received-text.ts';
import { openTextDesk, type TextDesk } from './text-desk.ts';

let desk: TextDesk;
beforeAll(async () => {
  desk = await openTextDesk(); // it is 11:00 at the clinic
});
afterAll(() => desk.close());

const agrees = (person: TestPerson, at: Temporal.Instant) =>
  desk.server.owner.query(
    `insert into marketing_consents (org_id, phone, given_at) values ($1, $2, $3)
     on conflict (org_id, phone) do update set given_at = excluded.given_at`,
    [desk.clinic.id, person.phone, new Date(at.epochMilliseconds)],
  );
const offered = async (person: TestPerson) => {
  const id = await desk.request(person, { class: 'marketing' });
  await desk.send(id);
  return desk.text(id);
};

describe('a person who agreed to marketing', () => {
  it('gets none after words that may mean no more texts, until they agree anew', async () => {
    const person = await desk.person();
    await agrees(person, desk.now().subtract({ hours: 48 }));
    await receiveText(desk, person, 'I want to cancel');
    expect(await offered(person)).toMatchObject({ state: 'suppressed', reason: suppressions['wish-unclear'] });
    await agrees(person, desk.now().add({ seconds: 1 }));
    expect(await offered(person)).toMatchObject({ state: 'sent' });
  });

  it('gets it after words of other things', async () => {
    const person = await desk.person();
    await agrees(person, desk.now().subtract({ hours: 48 }));
    await receiveText(desk, person, 'What does a facial cost?');
    expect(await offered(person)).toMatchObject({ state: 'sent' });
  });

  it('gets answers all the while', async () => {
    const person = await desk.person();
    await agrees(person, desk.now().subtract({ hours: 48 }));
    await receiveText(desk, person, 'cancel my appointment');
    const id = await desk.request(person);
    await desk.send(id);
    expect(await desk.text(id)).toMatchObject({ state: 'sent' });
  });
});
