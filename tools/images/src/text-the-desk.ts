import type { RunningCompose } from './compose/run-compose.ts';

/**
 * A new patient asks for a visit, as `curl` would; the desk's answers come back.
 * @throws Error when the desk takes no text or says nothing
 */
export async function textTheDesk(desk: RunningCompose, words: readonly string[]): Promise<string[]> {
  const answers: string[] = [];
  for (const body of words) {
    const response = await fetch(`${desk.url('simulators', 4500)}/texts`, { method: 'POST', body });
    const answer = await response.text();
    if (!response.ok) throw new Error(`the desk did not answer "${body}": ${response.status} ${answer}`);
    answers.push(answer.trim());
  }
  return answers;
}
