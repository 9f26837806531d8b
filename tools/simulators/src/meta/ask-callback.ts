const TIMEOUT_MS = 5_000;

/** Asks an address whether it is the app's, as it is asked when it is given in the App Dashboard. */
export async function askCallback(url: string, verifyToken: string): Promise<boolean> {
  const challenge = String(Math.floor(Math.random() * 1e9));
  const asked = new URL(url);
  asked.searchParams.set('hub.mode', 'subscribe');
  asked.searchParams.set('hub.challenge', challenge);
  asked.searchParams.set('hub.verify_token', verifyToken);
  try {
    const answer = await fetch(asked, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'manual' });
    return answer.status === 200 && (await answer.text()) === challenge;
  } catch {
    return false;
  }
}
