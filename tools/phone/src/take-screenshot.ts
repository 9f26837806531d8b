import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openBrowser } from './open-browser.ts';
import { buildWeb } from './server/build-web.ts';
import { startPhone } from './server/start-phone.ts';
import { walkToLink } from './walk-to-link.ts';

/** Takes the picture of the README: Ana on her way to a deposit, and the path of her last text. */
const picture = fileURLToPath(new URL('../../../docs/images/phone.png', import.meta.url));

await mkdir(dirname(picture), { recursive: true });
const phone = await startPhone({ web: buildWeb(), given: {}, durable: false });
try {
  const browser = await openBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'light' });
    await page.goto(phone.url);
    await walkToLink(page);
    await page.getByTestId('story').first().getByText('The carrier took this text').last().waitFor();
    await page.mouse.move(1_430, 890);
    await page.waitForTimeout(1_500); // the motion comes to rest
    await page.screenshot({ path: picture });
  } finally {
    await browser.close();
  }
} finally {
  await phone.stop();
}
process.stdout.write(`${picture}: ${Math.round((await stat(picture)).size / 1024)} KB\n`);
process.exit(0);
