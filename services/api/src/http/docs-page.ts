import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { renderApiReference } from '@scalar/client-side-rendering';
import { Router } from 'express';
import type { OpenApiDocument } from '../contract/openapi.ts';

/** Found by Node, so that it is the installed one. */
const script = fileURLToPath(new URL('browser/standalone.js', import.meta.resolve('@scalar/api-reference')));

/** Where a page says nothing of an icon, browsers ask the host for /favicon.ico, which is nothing of this service. */
const noIcon = '<link rel="icon" href="data:," />';

/**
 * The contract, and a page to browse it. Anybody may see both: they hold no clinic's data. The page loads nothing from
 * elsewhere, and its policy forbids it to.
 */
export function docsPage(document: OpenApiDocument): Router {
  const router = Router();
  router.get('/admin/openapi.json', (_request, response) => {
    response.json(document);
  });
  router.get('/admin/docs/scalar.js', (_request, response) => {
    response.setHeader('Cache-Control', 'public, max-age=3600');
    response.sendFile(script, { dotfiles: 'allow' }); // pnpm keeps packages in a folder that begins with a dot
  });
  router.get('/admin/docs', (_request, response) => {
    const nonce = randomBytes(16).toString('base64');
    response.setHeader(
      'Content-Security-Policy',
      [
        "default-src 'none'",
        `script-src 'nonce-${nonce}'`,
        "style-src 'unsafe-inline'", // the page makes its styles as it runs
        "img-src 'self' data:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ].join('; '),
    );
    const page = renderApiReference({
      cdn: '/admin/docs/scalar.js',
      nonce,
      pageTitle: 'Frontdesk administration',
      config: {
        url: '/admin/openapi.json',
        withDefaultFonts: false,
        telemetry: false,
        hideClientButton: true,
        // What would send the document, or the reader, to the maker of the page.
        agent: { disabled: true },
        mcp: { disabled: true },
        showDeveloperTools: 'never',
        authentication: { preferredSecurityScheme: 'token' },
      },
    });
    response.type('html').send(page.replace('</title>', `</title>\n    ${noIcon}`));
  });
  return router;
}
