import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestPerson } from '@frontdesk/testkit';
import { openVisitStage, type VisitStage } from './visit-stage.ts';

let stage: VisitStage;
beforeAll(async () => {
  stage = await openVisitStage();
});
afterAll(() => stage.close());

const minutesLater = (minutes: number) => stage.at(stage.now().add({ minutes }));
const statesOf = async (person: TestPerson) =>
  (await stage.scheduled(person)).map(({ state, reason }) => (reason === null ? state : `${state}: ${reason}`));

describe('a person who was offered times and stays silent', () => {
  beforeEach(() => stage.fresh({ followUps: { afterOffer: 180 } }));

  const offered = async (): Promise<TestPerson> => {
    const person = await stage.person();
    await stage.offer(person);
    await stage.deliver(stage.offered(person));
    return person;
  };

  it('is asked once, after the time that the clinic set', async () => {
    const person = await offered();
    expect(stage.armed.map(({ at }) => String(at))).toEqual([String(stage.now().add({ minutes: 180 }))]);
    minutesLater(179);
    await stage.sweep();
    expect(await stage.texts(person)).toEqual([]);
    minutesLater(1);
    await Promise.all([stage.sweep(), stage.sweep()]);
    expect(await stage.texts(person)).toMatchObject([{ kind: 'offer-follow-up', class: 'reminder' }]);
    minutesLater(100_000);
    await stage.sweep();
    expect(await stage.texts(person)).toHaveLength(1);
  });

  it('is not asked where the clinic wants no follow-up', async () => {
    await stage.fresh();
    const person = await offered();
    expect(await stage.scheduled(person)).toEqual([]);
  });

  it('is asked of the newest offer alone, whichever event comes first', async () => {
    const person = await stage.person();
    const first = stage.offered(person);
    await stage.offer(person);
    minutesLater(60);
    await stage.offer(person);
    const second = stage.offered(person);
    await stage.deliver(second);
    await stage.deliver(first);
    await stage.deliver(second);
    minutesLater(180);
    await stage.sweep();
    expect(await stage.texts(person)).toHaveLength(1);
    expect(await statesOf(person)).toEqual(['asked']);
  });

  it('counts from a newer offer, which replaces the older one', async () => {
    const person = await offered();
    minutesLater(60);
    await stage.offer(person);
    await stage.deliver(stage.offered(person));
    minutesLater(120);
    await stage.sweep();
    expect(await stage.texts(person)).toEqual([]);
    expect(await statesOf(person)).toEqual(['cancelled: newer times were offered', 'scheduled']);
  });

  it('is asked no second time until they wrote', async () => {
    const person = await offered();
    minutesLater(180);
    await stage.sweep();
    minutesLater(10);
    await stage.offer(person);
    await stage.deliver(stage.offered(person));
    minutesLater(180);
    await stage.sweep();
    expect(await stage.texts(person)).toHaveLength(1);
    expect(await statesOf(person)).toEqual(['asked', 'dropped: the person did not answer the follow-up before']);
    await stage.hear(person);
    minutesLater(1);
    await stage.offer(person);
    await stage.deliver(stage.offered(person));
    minutesLater(180);
    await stage.sweep();
    expect(await stage.texts(person)).toHaveLength(2);
  });

  it.each<[string, (person: TestPerson) => Promise<unknown>, string]>([
    ['wrote', (person) => stage.hear(person), 'the person wrote in the meantime'],
    ['booked', (person) => stage.book({ hours: 48 }, { person }), 'the person has a visit'],
    ['opted out', (person) => stage.optOut(person), 'the person asked for no more texts'],
    ['was handed over', (person) => stage.handOver(person), 'a person of the team took the conversation over'],
  ])('and then %s is not asked', async (_what, happen, reason) => {
    const person = await offered();
    minutesLater(30);
    await happen(person);
    minutesLater(150);
    await stage.sweep();
    expect(await stage.texts(person)).toEqual([]);
    expect(await statesOf(person)).toContain(`dropped: ${reason}`);
  });

  it('is not asked half a day late, after an outage', async () => {
    const person = await offered();
    minutesLater(180 + 12 * 60);
    await stage.sweep();
    expect(await statesOf(person)).toEqual(['dropped: it came up only when it made no sense any more']);
  });
});

describe('after a visit', () => {
  const words = 'How was your visit? Tell us what we could do better.';
  const booked = async (followUps = { afterVisit: { minutesAfter: 120, text: words } }) => {
    await stage.fresh({ reminders: [], followUps });
    const visit = await stage.book({ hours: 24 });
    await stage.deliver(stage.changed(visit, 'confirmed'));
    return visit;
  };

  it("the clinic's own words leave as marketing, bound to the visit", async () => {
    const { person, startsAt } = await booked();
    stage.at(startsAt.add({ minutes: 30 + 119 }));
    await stage.sweep();
    expect(await stage.texts(person)).toEqual([]);
    minutesLater(1);
    await stage.sweep();
    expect(await stage.texts(person)).toMatchObject([
      { kind: 'visit-follow-up', class: 'marketing', body: expect.stringContaining(words) },
    ]);
  });

  it("only the clinic's own links leave, in full", async () => {
    const review = (link: string) => ({ afterVisit: { minutesAfter: 120, text: `Tell us how it was: ${link}` } });
    for (const [link, texts] of [
      ['https://bit.ly/3abc', 0],
      ['https://elsewhere.example.com/us', 0],
      ['https://radiance.example.com/review', 1],
    ] as const) {
      const { person, startsAt } = await booked(review(link));
      await stage.inClinic(
        (tx) => tx.$executeRaw`
          update organizations set link_hosts = '{radiance.example.com}' where id = ${stage.clinic().id}::uuid`,
      );
      stage.at(startsAt.add({ hours: 3 }));
      await stage.sweep();
      expect(await stage.texts(person)).toHaveLength(texts);
      if (texts === 0) {
        expect(await statesOf(person)).toEqual([
          'cancelled: the clinic’s words hold a link that its texts may not carry',
        ]);
      }
    }
  });

  it('nothing leaves where the clinic has no words for it, or has them no longer', async () => {
    const { person, startsAt } = await booked();
    await stage.inClinic(
      (tx) => tx.$executeRaw`
        update organizations set visit_follow_up_minutes = null, visit_follow_up_text = null
        where id = ${stage.clinic().id}::uuid`,
    );
    stage.at(startsAt.add({ hours: 3 }));
    await stage.sweep();
    expect(await stage.texts(person)).toEqual([]);
    expect(await statesOf(person)).toEqual([expect.stringMatching(/^cancelled: .*no longer ask for it/)]);
  });
});
