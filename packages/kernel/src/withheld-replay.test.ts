import { describe, expect, it } from '@jest/globals';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { PermanentFailure } from './errors.ts';
import { assertMayLeave, withEffectsWithheld, withheldReplay } from './withheld-replay.ts';

describe('work within a replay whose effects are withheld', () => {
  it('may call no vendor, however deep in it and after whatever wait', async () => {
    const call = withEffectsWithheld({ number: 3 }, async () => {
      await nextTurn();
      await nextTurn().then(() => assertMayLeave('send a text'));
    });
    await expect(call).rejects.toThrow(PermanentFailure);
    await expect(call).rejects.toThrow('replay 3 withholds its effects, but wanted to send a text');
  });

  it('binds nothing beside it', async () => {
    const replay = withEffectsWithheld({ number: 3 }, nextTurn);
    expect(withheldReplay()).toBeNull();
    expect(() => assertMayLeave('send a text')).not.toThrow();
    await replay;
  });
});
