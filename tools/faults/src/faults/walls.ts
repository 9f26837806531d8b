import assert from 'node:assert/strict';
import { seenByMistake, tablesWithRowsOf } from '@frontdesk/journeys';
import { fault, type Fault } from '../fault.ts';

const forgottenFilter = fault({
  name: 'query-that-forgets-its-clinic',
  group: 'the walls between clinics',
  injects: 'every service, in a transaction of one clinic, reads every table without a filter',
  holds: 'it sees no row of another clinic',
  reach: 'one patient',
  inject: async (scene) => {
    const [clinic, other] = scene.clinics;
    if (clinic === undefined || other === undefined) throw new Error('a scene has several clinics');
    await Promise.all([clinic, other].map((where) => scene.patient(where).ask('Hi, where are you?')));
    return { clinic: clinic.id, other: other.id };
  },
  mustHold: async ({ desk }, between) => {
    const tables = await tablesWithRowsOf(desk, between.other);
    assert.ok(tables.includes('contacts'));
    assert.deepEqual(await seenByMistake(desk, { ...between, tables }), []);
  },
});

export const wallFaults: readonly Fault[] = [forgottenFilter];
