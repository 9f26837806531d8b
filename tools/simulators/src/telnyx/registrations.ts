import type { Clock } from '@frontdesk/kernel';
import type { Background } from '../wire/background.ts';
import { createPlannedRefusals, keyedRoutes } from '../wire/keyed-routes.ts';
import type { ReceivedRequest } from '../wire/received-request.ts';
import type { Reply, Route } from '../wire/route.ts';
import { createAccountNumbers } from './account/account-numbers.ts';
import { createNumberStock } from './account/number-stock.ts';
import { asOrder, createOrderDesk } from './account/order-desk.ts';
import { orderRoutes } from './account/order-routes.ts';
import { phoneNumberRoutes } from './account/phone-number-routes.ts';
import { profileRoutes } from './account/profile-routes.ts';
import { createProfiles } from './account/profiles.ts';
import { refusal, type RefusalCode } from './errors.ts';
import type { EventPoster } from './event-poster.ts';
import { createEligibility } from './hosted/eligibility.ts';
import { createHostedDesk } from './hosted/hosted-desk.ts';
import { hostedRoutes } from './hosted/hosted-routes.ts';
import { createNews } from './news.ts';
import type { NumberBook } from './number-book.ts';
import type { TelnyxRegistrations } from './registration-types.ts';
import { brandRoutes } from './tendlc/brand-routes.ts';
import { campaignNumberRoutes } from './tendlc/campaign-number-routes.ts';
import { campaignRoutes } from './tendlc/campaign-routes.ts';
import { ownerCodeRoutes } from './tendlc/owner-code-routes.ts';
import { createRegistry } from './tendlc/registry.ts';
import { createReviewers } from './tendlc/reviewers.ts';

interface RegistrationDependencies {
  book: NumberBook;
  poster: EventPoster;
  background: Background;
  clock: Clock;
  authenticate: (request: ReceivedRequest) => Reply | null;
  /** Where events go for which no address was given. */
  webhookUrl: () => string | null;
}

/** Numbers, hosted numbers and campaigns at Telnyx. */
export function createRegistrations(dependencies: RegistrationDependencies): {
  routes: readonly Route[];
  switches: TelnyxRegistrations;
  /** The profile's own address for its events. */
  webhookUrlOf: (profileId: string | null) => string | null;
  behave: () => void;
} {
  const { book, poster, background, clock, authenticate, webhookUrl } = dependencies;
  const refusals = createPlannedRefusals((code: RefusalCode) => refusal(code, 'The request was refused.'));
  const keyed = keyedRoutes(authenticate, refusals);
  const news = createNews({ background, poster, clock });
  const profiles = createProfiles(clock);
  const stock = createNumberStock();
  const numbers = createAccountNumbers({ numbers: book, clock });
  const knowsProfile = (id: string) => profiles.get(id) !== undefined || book.numberOf(id) !== null;
  const webhookUrlOf = (profileId: string | null) =>
    (profileId === null ? null : profiles.get(profileId)?.webhook_url) ?? webhookUrl();
  const orders = createOrderDesk({
    stock,
    numbers,
    clock,
    onEnd: (order) => news.tell('number_order.complete', asOrder(order), webhookUrlOf(order.profileId)),
  });
  const eligibility = createEligibility(numbers);
  const desk = createHostedDesk({ news, numbers, webhookUrlOf });
  const registry = createRegistry({ news, clock });
  const reviewers = createReviewers(registry);
  let approveAfterMs: number | null = null;
  let wrapped = false;
  let numbersHeld = false;
  let codesMade = 0;

  /** By themselves, where nobody decides by hand. */
  const later = (decide: () => void) => {
    const wait = approveAfterMs;
    if (wait === null) return;
    void background.run(async () => {
      await background.wait(wait);
      decide();
    });
  };
  const newCode = () => String(104_729 + 7 * codesMade++).padStart(6, '0');
  const wrap = (body: unknown) => (wrapped ? { data: body } : body);

  return {
    webhookUrlOf,
    behave() {
      refusals.clear();
      orders.reset();
      news.reset();
    },
    routes: [
      ...profileRoutes({ keyed, profiles }),
      ...phoneNumberRoutes({ keyed, stock, numbers, knowsProfile }),
      ...orderRoutes({ keyed, orders, stock, knowsProfile }),
      ...hostedRoutes({
        keyed,
        desk,
        eligibility,
        knowsProfile,
        newCode,
        onDocuments: ({ id, status }) => {
          if (status === 'loa_file_successful') later(() => void desk.move(id, 'successful'));
        },
      }),
      ...brandRoutes({
        keyed,
        registry,
        wrap,
        onBrand: ({ brandId }) => later(() => reviewers.approveBrand(brandId, { score: 60 })),
      }),
      ...ownerCodeRoutes({ keyed, registry, clock, wrap, newCode }),
      ...campaignRoutes({
        keyed,
        registry,
        wrap,
        onCampaign: ({ campaignId }) => later(() => reviewers.approveCampaign(campaignId)),
      }),
      ...campaignNumberRoutes({
        keyed,
        registry,
        wrap,
        isOnProfile: (number) => book.profileOf(number) !== null,
        onNumber: ({ number }) => {
          const decide = () => reviewers.decideNumber(number, 'assigned');
          if (approveAfterMs !== null) later(decide);
          else if (!numbersHeld) decide();
        },
      }),
    ],
    switches: {
      ...reviewers,
      accountNumbers: () =>
        numbers.list().map((each) => ({
          id: each.id,
          number: each.number,
          profileId: numbers.profileOf(each.number),
          connectionId: each.connectionId,
          tags: each.tags,
        })),
      fillStock: stock.fill,
      sellElsewhere: stock.take,
      lockNumber: (number, deletionLocked) => numbers.change(number, { deletionLocked }),
      loseNumber: numbers.remove,
      planOrders: orders.plan,
      orders: () => orders.list().map((order) => ({ ...order, numbers: order.numbers.map((each) => each.number) })),
      completeOrder: (id, end) => void orders.complete(id, end),
      setEligibility: eligibility.set,
      hostedOrders: () => desk.list().map((each) => ({ ...each, numbers: each.numbers.map(({ number }) => number) })),
      hostedCode: (id, number) => desk.get(id)?.numbers.find((each) => each.number === number)?.code ?? null,
      hostedDocuments: (id) => desk.get(id)?.documents ?? null,
      moveHostedOrder: (id, status, ofNumbers) => void desk.move(id, status, ofNumbers),
      transferHostedOrder: desk.transfer,
      spellTransfersAs: desk.spellTransfersAs,
      brands: () => [...registry.brands.values()].map((brand) => ({ ...brand, id: brand.brandId })),
      ownerCode: (id) => registry.brands.get(id)?.code ?? null,
      campaigns: () => [...registry.campaigns.values()].map((campaign) => ({ ...campaign, id: campaign.campaignId })),
      campaignNumbers: () => [...registry.numbers.values()],
      holdCampaignNumbers(hold) {
        numbersHeld = hold;
      },
      wrapTenDlcAnswers(given) {
        wrapped = given;
      },
      approveAfter(ms) {
        approveAfterMs = ms;
      },
      planNews: news.plan,
      releaseNews: news.release,
      refuseRequests: refusals.refuse,
    },
  };
}
