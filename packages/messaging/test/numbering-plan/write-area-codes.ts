import { writeFileSync } from 'node:fs';
import { areaCodesSource } from './area-codes-source.ts';
import { readNumberingPlan } from './read-numbering-plan.ts';

writeFileSync(new URL('../../src/quiet-hours/area-codes.ts', import.meta.url), areaCodesSource(readNumberingPlan()));
