import { findOrderedNumber } from '../src/postgres/index.ts';
import { present, type Id, type PhoneNumber } from '@frontdesk/kernel';
import {
  makeAdvanceHostedOrder,
  makeAdvanceNumberOrder,
  makeAdvanceNumberRelease,
  requestNumberOrder,
  requestNumberRelease,
} from '../src/index.ts';
import { scriptedHost, type scriptedCarrier } from './scripted-carrier.ts';
import type { Stage } from './stage.ts';
import { suppressTextsFrom } from './written-rows.ts';

type Clinic = Awaited<ReturnType<Stage['clinic']>>;
export type Scene = {
  stage: Stage;
  shop: ReturnType<typeof scriptedCarrier>;
  host?: ReturnType<typeof scriptedHost>;
  /** Numbers that were taken out of their campaigns. */
  left?: string[];
};

const asked = { actor: 'api:olga', requestId: 'request-1' } as const;

/** What clinics and the worker do with numbers, in the scene of the test that is running. */
export function orderActs(scene: () => Scene) {
  function engine() {
    const { stage, shop, left = [], host = scriptedHost() } = scene();
    const { inTenant, openTask, closeTasks, clock } = stage;
    const carriers = new Map([['telnyx' as const, shop.carrier]]);
    const ports = { inTenant, openTask, closeTasks, clock, suppressTextsFrom, carriers };
    const { hosted } = host;
    return stage.engine({
      'number-order': makeAdvanceNumberOrder(ports),
      'number-release': makeAdvanceNumberRelease({
        ...ports,
        hosted,
        leaveCampaign: async (number) => void left.push(number),
      }),
      'hosted-order': makeAdvanceHostedOrder({ ...ports, hosted, random: () => 0.5 }),
    });
  }

  async function order(number: PhoneNumber, { id: orgId }: Clinic) {
    const { stage } = scene();
    const wish = { orgId, carrier: 'telnyx', number, locationId: null, callHandling: 'reject', ...asked } as const;
    return stage.administration.inTenant(orgId, (tx) => requestNumberOrder(tx, { ...wish, now: stage.clock() }));
  }

  return {
    engine,
    order,
    ordered: async (number: PhoneNumber, of: Clinic) => {
      const answer = await order(number, of);
      if (answer.kind !== 'requested') throw new Error(answer.kind);
      return { orgId: of.id, id: answer.id };
    },
    /** Looks as often as it takes until nothing is due any more. */
    settle: async (row: { orgId: Id; id: Id }, between: Temporal.DurationLike = { hours: 25 }): Promise<void> => {
      const { stage } = scene();
      const { lookAfter } = engine();
      for (let n = 0; n < 40; n++) {
        await lookAfter(row);
        if ((await stage.registration(row.id))?.due_at === null) return;
        stage.pass(between);
      }
      throw new Error('it does not settle');
    },
    release: async (number: PhoneNumber, { id: orgId }: Clinic, insist = false) => {
      const { stage } = scene();
      const wish = { orgId, number, insist, ...asked, now: stage.clock() };
      const { openTask } = stage;
      return stage.administration.inTenant(orgId, (tx) =>
        requestNumberRelease(tx, wish, { suppressTextsFrom, openTask }),
      );
    },
    /** The order as the clinic is told of it. */
    told: async ({ orgId, id }: { orgId: Id; id: Id }) => {
      const found = await scene().stage.administration.inTenant(orgId, (tx) => findOrderedNumber(tx, { orgId, id }));
      return present(found, 'the order');
    },
    holder: async (number: string) => {
      const [row] = await scene().stage.rows<Record<string, unknown>>(
        'select * from phone_numbers where e164 = $1',
        number,
      );
      return row;
    },
  };
}
