import type { Scene } from './scene.ts';

/** Something that the promises rest on, and how it is taken away from outside, with no switch in the product. */
export type Protection = {
  name: string;
  /** The fault that shows what it is for. */
  fault: string;
  switchOff(scene: Scene): Promise<void>;
};

const run = async ({ desk }: Scene, sql: string) => void (await desk.rows.query(sql));

export const protections: readonly Protection[] = [
  {
    name: 'the inbox',
    fault: 'every-message-comes-twice',
    switchOff: (scene) =>
      run(
        scene,
        `create function forget_handled() returns trigger language plpgsql security definer as $$
         begin
           delete from inbox where consumer = new.consumer and event_id = new.event_id;
           return new;
         end $$;
         create trigger forget_handled before insert on inbox for each row execute function forget_handled();`,
      ),
  },
  {
    name: 'the fence of a lease',
    fault: 'worker-freezes-past-its-lease',
    switchOff: (scene) =>
      run(
        scene,
        `create function keep_fence() returns trigger language plpgsql as $$
         begin
           new.fence := old.fence;
           return new;
         end $$;
         create trigger keep_fence before update of fence on conversations for each row execute function keep_fence();`,
      ),
  },
  {
    name: 'the unknown state of a text',
    fault: 'carrier-takes-it-and-never-answers',
    switchOff: (scene) =>
      run(
        scene,
        `create function try_again() returns trigger language plpgsql as $$
         begin
           new.state := 'queued';
           new.next_attempt_at := now();
           return new;
         end $$;
         create trigger try_again before update on outbound_messages for each row when (new.state = 'unknown')
           execute function try_again();`,
      ),
  },
  {
    name: 'row-level security',
    fault: 'query-that-forgets-its-clinic',
    switchOff: (scene) =>
      run(
        scene,
        `do $$ declare a_table text; begin
           for a_table in select relname from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace loop
             execute format('alter table %I disable row level security', a_table);
           end loop;
         end $$`,
      ),
  },
  {
    name: "the relay's deduplication",
    fault: 'relay-loses-its-lead',
    switchOff: async ({ queues }) => queues.misbehave({ kind: 'forget-repeats', action: 'SendMessageBatch' }),
  },
];
