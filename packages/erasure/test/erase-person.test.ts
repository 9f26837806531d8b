import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findTraces } from './find-traces.ts';
import { name, openPersonScene, words, type PersonScene } from './person-scene.ts';

let scene: PersonScene;
beforeAll(async () => {
  scene = await openPersonScene();
});
afterAll(() => scene.close());

const marksOf = (phone: string) => [phone, name, words];

describe('erasing a person', () => {
  it('leaves neither their number nor their name nor their words in any column of any table', async () => {
    const person = await scene.person();
    await scene.leaveTraces(person);
    expect(await findTraces(scene.server.owner, marksOf(person.phone))).not.toEqual([]);
    const erasure = await scene.erase(person.phone);
    expect(erasure).toMatchObject({ kind: 'erased' });
    expect(await findTraces(scene.server.owner, marksOf(person.phone))).toEqual([]);
  });
});
