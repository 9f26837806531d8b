import type { z } from 'zod';
import { settingsOf, type Deployment, type Setting } from '../setting.ts';
import { whyNotPublic, whyNotVendor } from './addresses.ts';
import { whyNoKey, whyNoLogin, whyNoSecret } from './demo-values.ts';

export type Variables = Readonly<Record<string, string | undefined>>;

/** A setting with which no patient is served: its name, why, and how to mend it. Never its value. */
export type Refusal = { setting: string; why: string; mend: string };

/** What production and staging refuse, although the schema takes it. */
export function refusalsOf(schema: z.ZodObject, variables: Variables, deployment: Deployment): Refusal[] {
  if (deployment !== 'production' && deployment !== 'staging') return [];
  return [
    ...settingsOf(schema).flatMap((setting) => ofSetting(setting, variables[setting.name], deployment)),
    ...ofTheProcess(variables),
  ];
}

function ofSetting(
  { name, marks }: Setting,
  value: string | undefined,
  deployment: 'production' | 'staging',
): Refusal[] {
  if (value === undefined || value === '') return []; // whether it is needed is for its schema to say
  const refuse = (why: string | null, mend: string) => (why === null ? [] : [{ setting: name, why, mend }]);
  const url = URL.parse(value);
  if (marks.secret === true) {
    return refuse(whyNotSecret(value, url, marks.atLeast ?? 0), 'put the real one into the secret store');
  }
  if (marks.public === true && url !== null) return refuse(whyNotPublic(url), 'give the public https address');
  if (marks.hosts !== undefined && url !== null) {
    return refuse(whyNotVendor(url, marks.hosts[deployment] ?? []), 'leave it out');
  }
  return [];
}

/** A secret is a word, an address with a password in it, or a list of `id:base64` keys. */
function whyNotSecret(value: string, url: URL | null, atLeast: number): string | null {
  if (url !== null && url.host !== '') return whyNoLogin(url, atLeast);
  const keys = value.split(',').map((key) => /^[\w.-]+:([A-Za-z0-9+/]{40,}={0,2})$/.exec(key.trim())?.[1]);
  if (!keys.includes(undefined)) return keys.map((key) => whyNoKey(key ?? '')).find((why) => why !== null) ?? null;
  // While a key is rotated both are given, with a comma.
  return (
    value
      .split(',')
      .map((each) => whyNoSecret(each, atLeast))
      .find((why) => why !== null) ?? null
  );
}

const awsHosts = ['.amazonaws.com', '.api.aws'];

/** What libraries read from the environment by themselves, whatever the schema says. */
function ofTheProcess(variables: Variables): Refusal[] {
  const keys = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'].flatMap((setting) => {
    const why = whyNoSecret(variables[setting] ?? 'given by the role', 16);
    return why === null ? [] : [{ setting, why, mend: 'leave it out: the role of the task gives the credentials' }];
  });
  const endpoints = Object.entries(variables).flatMap(([setting, value = '']) => {
    if (!/^AWS_ENDPOINT_URL(_|$)/.test(setting) || value === '') return [];
    const url = URL.parse(value);
    const why = url === null ? 'it is no address' : whyNotVendor(url, awsHosts);
    return why === null ? [] : [{ setting, why, mend: 'leave it out' }];
  });
  const others = [
    { setting: 'FAILPOINTS', given: (variables['FAILPOINTS'] ?? '') !== '', why: 'the process would kill itself' },
    {
      setting: 'NODE_TLS_REJECT_UNAUTHORIZED',
      given: variables['NODE_TLS_REJECT_UNAUTHORIZED'] === '0',
      why: 'anybody could pose as a provider',
    },
  ];
  return [
    ...keys,
    ...endpoints,
    ...others.filter(({ given }) => given).map(({ setting, why }) => ({ setting, why, mend: 'leave it out' })),
  ];
}
