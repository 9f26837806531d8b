import type { MisbehaviourScope } from '../wire/misbehaviour.ts';
import type { WebhookAnswer } from '../wire/webhook-delivery.ts';
import type { TwilioCampaign } from './account/campaign-book.ts';
import type { TwilioNumberForSale } from './account/number-shelf.ts';
import type { MessagingService } from './account/service-book.ts';
import type { TwilioContent } from './content/content-book.ts';
import type { TwilioRefusalCode } from './errors.ts';
import type { TwilioSender, TwilioSenderStatus } from './senders/sender-book.ts';

/** A number of the account. */
interface TwilioAccountNumber {
  sid: string;
  number: string;
  friendlyName: string;
  service: string | null;
  voiceUrl: string;
  statusCallback: string;
}

/** How the app is told. */
export interface TwilioNewsPlan {
  /** How often the same is told; once when left out, never with 0. */
  copies?: number;
}

/** What a test decides of numbers, contents and senders; the signed webhooks of it follow. */
export interface TwilioRegistrations {
  accountNumbers: () => readonly TwilioAccountNumber[];
  messagingServices: () => readonly MessagingService[];
  campaigns: () => readonly TwilioCampaign[];
  /** Somebody registers a campaign for this Messaging Service in the console. */
  registerCampaign: (service: string) => TwilioCampaign;
  /** From now on these are all the numbers that are for sale. */
  fillStock: (numbers: readonly TwilioNumberForSale[]) => void;
  /** Somebody else buys the number. */
  sellElsewhere: (number: string) => void;
  /** The account loses the number, of which nobody is told. */
  loseNumber: (number: string) => void;

  contents: () => readonly TwilioContent[];
  /** Somebody removes it in the console. By its SID, its friendly name or the name of its template. */
  removeContent: (key: string) => void;
  approveTemplate: (key: string, plan?: TwilioNewsPlan) => Promise<WebhookAnswer | null>;
  rejectTemplate: (key: string, reason?: string, plan?: TwilioNewsPlan) => Promise<WebhookAnswer | null>;
  pauseTemplate: (key: string, plan?: TwilioNewsPlan) => Promise<WebhookAnswer | null>;
  disableTemplate: (key: string, plan?: TwilioNewsPlan) => Promise<WebhookAnswer | null>;

  senders: () => readonly TwilioSender[];
  /** By its SID or its number. */
  moveSender: (
    key: string,
    status: TwilioSenderStatus,
    plan?: TwilioNewsPlan & { reasons?: TwilioSender['offlineReasons'] },
  ) => Promise<WebhookAnswer | null>;

  /** As if the person had last written more than 24 hours ago. */
  closeWindow: (number: string, person: string) => void;
  openWindow: (number: string, person: string) => void;
  /** How a text outside the window is refused: by the answer (the default), or taken and then failed by its receipt. */
  setWindowRefusal: (how: 'answer' | 'receipt') => void;
  /** Refuses the next requests of these, other than texts, with this error of the reference. */
  refuseRequests: (code: TwilioRefusalCode, scope?: MisbehaviourScope) => void;
}
