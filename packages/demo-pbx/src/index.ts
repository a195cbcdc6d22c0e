export type { DemoPbx } from './api.ts';
export { startDemoPbx } from './demo-pbx.ts';
export { NOISE_EVENT_BYTES } from './office/noise.ts';
export { startOffice } from './office/office.ts';
export { type Random, createRandom } from './office/random.ts';
export { officeDirectory, officeHints } from './office/people.ts';
