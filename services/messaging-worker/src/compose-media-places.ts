import { present } from '@frontdesk/kernel';
import type { MediaSource, MediaStore } from '@frontdesk/messaging';
import { carrierMedia, folderMediaStore, s3MediaStore } from '@frontdesk/providers/media';
import type { WorkConfig } from '@frontdesk/runtime';
import type { Config } from './config.ts';

type Settings = Pick<
  WorkConfig<Config>,
  | 'AWS_REGION'
  | 'MEDIA_BUCKET'
  | 'MEDIA_ENDPOINT'
  | 'MEDIA_FOLDER'
  | 'MEDIA_KEY_ARN'
  | 'TELNYX_API_KEY'
  | 'TELNYX_BASE_URL'
  | 'TWILIO_ACCOUNT_SID'
  | 'TWILIO_AUTH_TOKEN'
  | 'TWILIO_BASE_URL'
>;

/** Where files that come with texts are fetched from. `whatsApp`: those at Meta. */
export function mediaSource(config: Settings, whatsApp: MediaSource | null): MediaSource {
  const phone = phoneMediaSource(config);
  return { fetch: (file) => (file.provider === 'meta' && whatsApp !== null ? whatsApp : phone).fetch(file) };
}

function phoneMediaSource(config: Settings): MediaSource {
  const { TWILIO_ACCOUNT_SID: sid, TWILIO_AUTH_TOKEN: tokens } = config;
  return carrierMedia({
    carriers: {
      // Links of Telnyx mostly carry their own right; its documentation calls them authenticated all the same.
      telnyx: {
        hosts: ['.telnyx.com'],
        authorization: `Bearer ${config.TELNYX_API_KEY}`,
        authorize: 'when-asked',
        standIn: config.TELNYX_BASE_URL,
      },
      ...(sid !== undefined &&
        tokens !== undefined && {
          twilio: {
            hosts: ['api.twilio.com'],
            authorization: `Basic ${Buffer.from(`${sid}:${tokens.split(',')[0]?.trim()}`).toString('base64')}`,
            authorize: 'always',
            standIn: config.TWILIO_BASE_URL,
          },
        }),
    },
  });
}

/** Where they are kept. */
export function mediaStore(config: Settings): MediaStore {
  const { MEDIA_BUCKET: bucket, MEDIA_FOLDER: folder } = config;
  if (bucket !== undefined) {
    const { AWS_REGION: region, MEDIA_KEY_ARN: keyArn, MEDIA_ENDPOINT: endpoint } = config;
    return s3MediaStore({ bucket, region, keyArn, endpoint });
  }
  return folderMediaStore({ folder: present(folder, 'MEDIA_BUCKET or MEDIA_FOLDER') });
}
