import type { Page } from 'playwright-core';

const answerWithinMs = 60_000;
const mostTexts = 12;

/** Says as the chosen person what can be tapped, or else what the page suggests, until the desk sends a payment link. */
export async function walkToLink(page: Page): Promise<void> {
  const suggestion = page.getByRole('group', { name: 'Suggestions' }).getByRole('button').first();
  const link = page.getByTestId('link');
  const list = page.locator('[data-testid="list"]:enabled');
  const choice = page.locator('[data-testid="choice"]:enabled');
  for (let texts = 0; texts < mostTexts; texts += 1) {
    const [said, heard] = [await page.getByTestId('bubble-out').count(), await page.getByTestId('bubble-in').count()];
    if ((await list.count()) > 0) await list.first().click();
    await ((await choice.count()) > 0 ? choice : suggestion).first().click({ timeout: answerWithinMs });
    await page.getByTestId('bubble-out').nth(said).waitFor({ timeout: answerWithinMs });
    await page.getByTestId('bubble-in').nth(heard).waitFor({ timeout: answerWithinMs });
    // The link comes as a text of its own, after the one that announces it.
    await link
      .or(choice)
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
