/**
 * What makes a text an advertisement in Meta's eyes: a template of category utility that has it is rejected or made marketing.
 * UNVERIFIED: Meta's guidelines name kinds of content ("offers, discounts, invitations to buy"), not words.
 */
const english =
  "discount|discounts|coupon|promo|promo code|promotion|promotions|special offer|special offers|limited time|limited offer|on sale|flash sale|sale ends|buy now|shop now|book now|deal|deals|giveaway|win a|free gift|save \\$?\\d+|gift card|gift cards|exclusive offer|exclusive|cashback|black friday|don’t miss|don't miss|hurry";
const spanish =
  'descuento|descuentos|cupón|cupon|promoción|promocion|promociones|oferta especial|ofertas|oferta|rebaja|rebajas|por tiempo limitado|compra ahora|compre ahora|reserva ya|regalo|sorteo|gana un|gane un|ahorra|ahorre|exclusivo|exclusiva|tarjeta de regalo|no te lo pierdas|no se lo pierda|aprovecha|aproveche';

const promotional = new RegExp(`(?<![\\p{L}\\p{N}])(?:${english}|${spanish}|\\d+\\s?%)(?![\\p{L}\\p{N}])`, 'iu');

/** The first words of an advertisement, as they stand in the text. */
export function promotionalWords(text: string): string | null {
  return promotional.exec(text)?.[0] ?? null;
}
