import type { Page } from 'playwright-core';

const answerWithinMs = 20_000;
const mostTexts = 12;

/** Texts as the chosen person, by taking what the page suggests, until the desk sends a payment link. */
export async function walkToLink(page: Page): Promise<void> {
  const suggestion = page.getByRole('group', { name: 'Suggestions' }).getByRole('button').first();
  const link = page.getByTestId('link');
  for (let texts = 0; texts < mostTexts; texts += 1) {
    await suggestion.click({ timeout: answerWithinMs });
    await page.getByTestId('bubble-out').nth(texts).waitFor({ timeout: answerWithinMs });
    await page.getByTestId('bubble-in').nth(texts).waitFor({ timeout: answerWithinMs });
    // The link comes as a text of its own, after the one that announces it.
    await link
      .or(suggestion)
      .first()
      .waitFor({ timeout: answerWithinMs })
      .catch(async (cause: unknown) => {
        throw new Error(`nothing answers the desk's last text:\n${await page.getByRole('log').innerText()}`, { cause });
      });
    if ((await link.count()) > 0) return;
  }
  throw new Error(`no payment link came within ${mostTexts} texts:\n${await page.getByRole('log').innerText()}`);
}
