/** Words that stand in examples, in emulators and on the local stack, and open nothing that is worth guarding. */
const demoWords =
  /^(key-?)?(local|localhost|demo|test|testing|dummy|fake|example|sample|changeme|change-me|placeholder|todo|xxx+|secret|password|passwd|admin|root|postgres|frontdesk|guest|minio|minioadmin|localstack)(\d*|[-_].*)$/i;

/** Why a secret is none that a provider or a random generator made; null when nothing speaks against it. */
export function whyNoSecret(value: string, atLeast: number): string | null {
  if (demoWords.test(value) || value.split(/[-_:. ]/).some((word) => /^(local|demo|changeme|example)$/i.test(word))) {
    return 'it is a value of the local stack or of an example';
  }
  if (value.length < atLeast) return `it is shorter than ${atLeast} characters`;
  if (new Set(value).size < 6) return 'it repeats a few characters';
  return null;
}

/** The same for keys in base64, whose bytes may be all alike while their text is not. */
export function whyNoKey(base64: string): string | null {
  const bytes = Buffer.from(base64, 'base64');
  if (new Set(bytes).size < bytes.length / 4) return 'its bytes repeat, so nobody drew it at random';
  return null;
}

/** The same for an address that carries a password. */
export function whyNoLogin(url: URL, atLeast: number): string | null {
  const [username, password] = [url.username, url.password].map(decodeURIComponent);
  if (password === undefined || password === '') return null; // the schema of the address decides whether it needs one
  if (password === username) return 'its password is its user name';
  return whyNoSecret(password, atLeast);
}
