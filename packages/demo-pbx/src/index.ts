export type { DemoHint } from './pbx/hint-registry.ts';
export type { DemoUser } from './ami/authenticate.ts';
export { type DemoPbx, startDemoPbx } from './ami/server.ts';
export { NOISE_EVENT_BYTES } from './simulation/noise-generator.ts';
export { startOffice } from './simulation/office.ts';
export { officeTelephony } from './simulation/office-telephony.ts';
export type { Line } from './telephony/lines.ts';
export { type Random, createRandom } from './simulation/random.ts';
export { officeDirectory, officeHints } from './simulation/directory.ts';
