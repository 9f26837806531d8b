import type { Id } from '@frontdesk/kernel';
import type { Alarms, DueRow } from '@frontdesk/queue';
import { alarmKinds, type Desk } from './desk.ts';
import { makeHoldEnder } from './end-hold.ts';
import { makeLinkMaker } from './make-link.ts';

export type DeskParts = Omit<Desk, 'alarms'> & {
  alarmsWith: (handlers: Record<string, (row: DueRow) => Promise<void>>) => Alarms;
};

/** The desk with what its alarms ring: they arm each other, so they are made together. */
export function makeDesk({ alarmsWith, ...parts }: DeskParts) {
  const alarms = alarmsWith({
    [alarmKinds.link]: (row) => makeLink(row),
    [alarmKinds.hold]: (row) => endHold(row),
  });
  const desk: Desk & { alarms: Alarms } = { ...parts, alarms };
  const makeLink: (deposit: { orgId: Id; id: Id }) => Promise<void> = makeLinkMaker(desk);
  const endHold: (appointment: { orgId: Id; id: Id }) => Promise<void> = makeHoldEnder(desk);
  return { ...desk, makeLink, endHold };
}
