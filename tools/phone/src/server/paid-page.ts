/** Where Square sends a payer afterwards. Inside the phone it tells the page, which closes the sheet. */
export const paidPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Thank you</title>
<style>
  :root { color-scheme: light dark }
  body { font: 16px/1.5 system-ui, sans-serif; display: grid; place-content: center; min-height: 100dvh; margin: 0; text-align: center }
</style>
<h1>Thank you</h1>
<p>Your payment went through. You can close this page.</p>
<script>parent !== window && parent.postMessage('frontdesk:paid', location.origin)</script>
</html>
`;
