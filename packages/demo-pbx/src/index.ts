export type { DemoPbx } from './pbx/types.ts';
export { startDemoPbx } from './demo-pbx.ts';
export { NOISE_EVENT_BYTES } from './simulation/noise-generator.ts';
export { startOffice } from './simulation/office.ts';
export { type Random, createRandom } from './simulation/random.ts';
export { officeDirectory, officeHints } from './simulation/directory.ts';
