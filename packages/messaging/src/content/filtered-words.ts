/** What makes carriers hold a text back, or fine its sender. Each entry is a whole word or phrase; case does not count. */
export type FilteredWords = {
  code: FilterCode;
  /** For whoever wrote the text. */
  advice: string;
  /** Where the rule stands. */
  source: string;
  words: readonly string[];
};
export type FilterCode =
  | 'sex'
  | 'alcohol'
  | 'firearms'
  | 'tobacco'
  | 'drug-name'
  | 'cannabis'
  | 'gambling'
  | 'finance'
  | 'bait';

const ctia = 'CTIA Messaging Principles and Best Practices, 5.3 (sex, hate, alcohol, firearms, tobacco)';
const tMobile = 'T-Mobile Code of Conduct, 5 (disallowed and age-restricted content)';
const hearsay = 'carriers’ spam filters as their resellers describe them; no carrier publishes its list';

export const filteredWords: readonly FilteredWords[] = [
  {
    code: 'drug-name',
    advice: 'Do not name prescription drugs; speak of the visit or offer a consultation.',
    source: `${tMobile}: drugs that are not sold over the counter`,
    words: [
      'semaglutide',
      'ozempic',
      'wegovy',
      'rybelsus',
      'tirzepatide',
      'mounjaro',
      'zepbound',
      'retatrutide',
      'liraglutide',
      'saxenda',
      'glp-1',
      'glp1',
      'phentermine',
      'adipex',
      'testosterone',
      'hcg',
      'sermorelin',
      'viagra',
      'sildenafil',
      'cialis',
      'tadalafil',
      'ketamine',
      'xanax',
      'alprazolam',
      'valium',
      'adderall',
      'oxycodone',
      'hydrocodone',
      'tramadol',
      'vicodin',
      'percocet',
      'fentanyl',
      'modafinil',
      'accutane',
      'isotretinoin',
      'tretinoin',
      'latisse',
      'finasteride',
    ],
  },
  {
    code: 'sex',
    advice: 'Carriers hold back texts with sexual wording.',
    source: ctia,
    words: [
      'sex',
      'sexual',
      'sexy',
      'xxx',
      'porn',
      'erection',
      'erectile',
      'libido',
      'escort',
      'hookup',
      'nude',
      'nudes',
    ],
  },
  {
    code: 'alcohol',
    advice: 'Carriers hold back texts about alcohol without an age gate.',
    source: ctia,
    words: [
      'alcohol',
      'beer',
      'wine',
      'vodka',
      'whiskey',
      'tequila',
      'champagne',
      'prosecco',
      'mimosa',
      'mimosas',
      'cocktail',
      'cocktails',
      'happy hour',
    ],
  },
  {
    code: 'firearms',
    advice: 'Carriers hold back texts about weapons.',
    source: ctia,
    words: ['firearm', 'firearms', 'gun', 'guns', 'ammo', 'ammunition', 'rifle', 'pistol'],
  },
  {
    code: 'tobacco',
    advice: 'Carriers hold back texts about tobacco and vaping.',
    source: ctia,
    words: ['tobacco', 'cigarette', 'cigarettes', 'cigar', 'cigars', 'vape', 'vaping', 'nicotine', 'hookah'],
  },
  {
    code: 'cannabis',
    advice: 'No carrier in the United States takes texts about cannabis or CBD.',
    source: tMobile,
    words: ['cannabis', 'marijuana', 'weed', 'cbd', 'thc', 'hemp', 'kratom', 'psilocybin'],
  },
  {
    code: 'gambling',
    advice: 'No carrier in the United States takes texts about gambling.',
    source: tMobile,
    words: ['casino', 'gambling', 'betting', 'jackpot', 'lottery', 'sweepstakes', 'poker'],
  },
  {
    code: 'finance',
    advice: 'Loans, debts and coins are what carriers filter as high-risk finance.',
    source: tMobile,
    words: [
      'payday loan',
      'debt relief',
      'debt collection',
      'credit repair',
      'crypto',
      'cryptocurrency',
      'bitcoin',
      'student loan',
      'quick cash',
    ],
  },
  {
    code: 'bait',
    advice: 'These words read as spam to carriers’ filters; say plainly what it is about.',
    source: hearsay,
    words: [
      'act now',
      'act fast',
      'click here',
      'click below',
      'congratulations you',
      'free gift',
      'free money',
      'you won',
      'you have won',
      'winner',
      'guaranteed',
      'no obligation',
      'risk free',
      'risk-free',
      'limited time',
      'once in a lifetime',
      'cash prize',
      'claim your',
      'work from home',
      'miracle',
      'lose weight fast',
      'weight loss',
      '100% free',
      'cheapest',
      'lowest price',
    ],
  },
];
