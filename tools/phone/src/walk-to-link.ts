import type { Page } from 'playwright-core';

const answerWithinMs = 20_000;
const mostTexts = 12;

/** Texts as the chosen person, by taking what the page suggests, until the desk sends a payment link. */
export async function walkToLink(page: Page): Promise<void> {
  for (let texts = 0; texts < mostTexts; texts += 1) {
    await page
      .getByRole('group', { name: 'Suggestions' })
      .getByRole('button')
      .first()
      .click({ timeout: answerWithinMs });
    await page.getByTestId('bubble-out').nth(texts).waitFor({ timeout: answerWithinMs });
    await page.getByTestId('bubble-in').nth(texts).waitFor({ timeout: answerWithinMs });
    if ((await page.getByTestId('link').count()) > 0) return;
  }
  throw new Error(`no payment link came within ${mostTexts} texts:\n${await page.getByRole('log').innerText()}`);
}
