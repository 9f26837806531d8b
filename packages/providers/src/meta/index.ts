export { metaAccounts, type MetaAccountSettings } from './accounts.ts';
export { readMetaCode } from './error-classes.ts';
export { metaMedia, type MetaMediaSettings } from './media.ts';
export { metaReadReceipts } from './read-receipts.ts';
export { metaTemplates, type MetaTemplateSettings } from './templates.ts';
export { metaTextGateway, type MetaNumberSettings } from './text-gateway.ts';
