export type { DemoPbx } from './api.ts';
export { startDemoPbx } from './demo-pbx.ts';
export { startOffice } from './office/office.ts';
export { type Random, createRandom } from './office/random.ts';
export { officeDirectory, officeHints } from './office/people.ts';
