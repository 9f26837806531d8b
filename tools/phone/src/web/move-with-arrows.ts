import type { KeyboardEvent } from 'react';

/** In a group of radios or tabs the arrow keys choose the neighbour and go to it; what each stands for is its `value`. */
export function moveWithArrows<Id extends string>(ids: readonly Id[], chosen: Id, onChoose: (id: Id) => void) {
  return ({ key, currentTarget }: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[key] ?? 0;
    const next = ids[(ids.indexOf(chosen) + step + ids.length) % ids.length];
    if (step === 0 || next === undefined) return;
    onChoose(next);
    currentTarget.querySelector<HTMLElement>(`[value="${next}"]`)?.focus();
  };
}
