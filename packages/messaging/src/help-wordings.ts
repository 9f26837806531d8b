// Questions about the texts themselves, in plain words: who sends them and why. What else people need help with is for the desk.

const texts = '(?:texts|text messages|messages|sms)';
const these = '(?:the|your|these|this)';

const wholeMessage: readonly string[] = [
  `(?:i need |i want )?help with (?:${these} )?${texts}`,
  `(?:and )?why (?:am i|are we|im i) (?:getting|receiving)(?: (?:${these}|all these))? ${texts}(?: from you)?`,
  'why (?:are you|do you keep) texting me',
  '(?:and )?who (?:is|are you|keeps)(?: this)? texting me',
  `who (?:is|are)(?: sending)?(?: me)? (?:${these} )?${texts}(?: from)?`,
  'how did you get (?:my|this) (?:cell |phone )?number',
  '(?:y )?quien me (?:escribe|manda (?:estos )?mensajes|esta escribiendo)',
  'por ?que me (?:escriben|mandan (?:estos )?mensajes|llegan (?:estos )?mensajes)',
  '(?:como|de donde) (?:consiguieron|sacaron|tienen) mi numero',
];

const inMessage = new RegExp(`^(?:(?:hi|hello|hey|hola|um|yo) )*(?:${wholeMessage.join('|')})$`);

/** Whether the person asks who texts them, and nothing else. */
export function asksAboutTheTexts(message: string): boolean {
  return inMessage.test(message);
}
