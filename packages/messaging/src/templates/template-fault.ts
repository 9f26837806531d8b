/** What the provider, or the law, would reject. */
export type TemplateFault = {
  /** JSON pointer into the template: `/body`, `/examples/1`. */
  field: string;
  code: TemplateFaultCode;
  detail: string;
  mend: string;
};
export type TemplateFaultCode =
  | 'name-characters'
  | 'language-code'
  | 'empty'
  | 'too-long'
  | 'malformed-placeholder'
  | 'placeholder-at-edge'
  | 'adjacent-placeholders'
  | 'numbering-gap'
  | 'too-few-words'
  | 'white-space'
  | 'promotional-words'
  | 'shortened-link'
  | 'whatsapp-link'
  | 'no-clinic-name'
  | 'no-way-out'
  | 'value-count'
  | 'unknown-value'
  | 'unknown-kind'
  | 'missing-example'
  | 'bad-example'
  | 'choices';
