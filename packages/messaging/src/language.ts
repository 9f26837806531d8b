export type Language = 'en' | 'es';

/** Words that Spanish has and English has not, without accents; none that names of places and people hold (El Paso, de la Cruz). */
const spanish: ReadonlySet<string> = new Set(
  `alto pare paren parar para basta baja detener cancelar desuscribir desuscribirme ayuda informacion empezar comenzar iniciar
  reanudar suscribir suscribirme mas por favor porfa porfavor gracias hola buenos buenas mi sus quien que quiero deseo
  mensaje mensajes texto textos numero equivocado lista dejen deje dejar escriban escribas escriba escribir manden envien molesten
  nunca nada`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** The language to answer a keyword in: Spanish when any word of the text is. */
export function languageOf(body: string): Language {
  const words = body
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}]+/u);
  return words.some((word) => spanish.has(word)) ? 'es' : 'en';
}
