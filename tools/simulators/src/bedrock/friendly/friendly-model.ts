import type { SimulatedModel } from '../converse-wire.ts';

/** A receptionist made of rules, who sees only what a model would: the system texts, the messages, the tools' results. */
export const friendlyModel: SimulatedModel = () => ({
  content: [{ text: 'Hi! How can I help you today?' }],
  stopReason: 'end_turn',
});
