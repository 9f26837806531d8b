import { doubtful, fine, type Finding } from './finding.ts';

/** How the providers' keys look: not whether they open anything. */
const shapes: Readonly<Record<string, { looks: RegExp; like: string }>> = {
  TELNYX_API_KEY: { looks: /^KEY[0-9A-Za-z]{10,}_[0-9A-Za-z]+$/, like: 'KEY…_…, from "API Keys" in the Telnyx portal' },
  TELNYX_PUBLIC_KEY: {
    looks: /^[A-Za-z0-9+/]{43}=(,[A-Za-z0-9+/]{43}=)*$/,
    like: '44 characters of base64, from "Keys & Credentials" in the Telnyx portal',
  },
  SQUARE_WEBHOOK_SIGNATURE_KEY: {
    looks: /^[\w-]{20,}(,[\w-]{20,})*$/,
    like: "at least 20 letters and digits, from the webhook subscription in Square's developer console",
  },
  BEDROCK_MODEL_ID: {
    looks: /^((us|eu|apac|global)\.)?anthropic\.claude-[\w.:-]+$|^arn:aws[\w-]*:bedrock:/,
    like: 'the id of a Claude model, or the ARN of an inference profile',
  },
};

/** Whether the keys among these settings look like what their providers give out. */
export function examineKeys(variables: Readonly<Record<string, string | undefined>>): Finding[] {
  return Object.entries(shapes).flatMap(([name, { looks, like }]) => {
    const value = variables[name];
    if (value === undefined || value === '') return [];
    return looks.test(value)
      ? [fine(name, 'looks right')]
      : [doubtful(name, 'does not look like one', `it should be ${like}`)];
  });
}
