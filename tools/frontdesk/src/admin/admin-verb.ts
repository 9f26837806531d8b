import { verb, type VerbText } from '../verb.ts';
import { clinicOption, urlOption } from './open-admin.ts';

/** A verb that asks the administration: it names a clinic, and may name another desk. */
export const adminVerb = (name: string, text: VerbText) =>
  verb(name, text).addOption(clinicOption()).addOption(urlOption());
