import { friendlyModel, type ModelReply, type SimulatedModel } from '@frontdesk/simulators';

/** A friendly model that says something else to those who write certain words. */
export type ModelRules = {
  readonly model: SimulatedModel;
  /** From now on, whoever wrote these words gets this answer, again and again. */
  say(words: string, reply: () => ModelReply): void;
};

export function createModelRules(): ModelRules {
  const rules: { words: string; reply: () => ModelReply }[] = [];
  return {
    model(request) {
      const rule = rules.find(({ words }) => JSON.stringify(request.body.messages).includes(words));
      return rule === undefined ? friendlyModel(request) : rule.reply();
    },
    say: (words, reply) => void rules.push({ words, reply }),
  };
}
