import type { DemoHint } from '../pbx/hint-registry.ts';

const hintsOf = (
  context: string,
  hints: readonly (readonly [exten: string, hint: string, name?: string])[],
) =>
  hints.map(([exten, hint, name]): DemoHint => ({
    exten,
    context,
    hint,
    ...(name !== undefined && { name }),
  }));

const SLOTS = ['71', '72', '73', '74'];
export const slotDevice = (slot: string): string => `park:${slot}@parkedcalls`;

/** Who uses the features of FreePBX's codes, such as `*78`. Their hints join do not disturb with the phone. */
export const FEATURE_EXTENSIONS: readonly string[] = ['1105', '1117', '1122', '1128', '1130', '1137'];

/** Do not disturb of this extension follows its presence. */
export const DND_EXTENSION = '1105';
export const dndDevice = (extension: string): string => `Custom:DND${extension}`;

/** Numbers that calls are forwarded to while `Custom:CF…` is on. */
export const FORWARD_TARGETS: Readonly<Record<string, string>> = { 1117: '1133', 1128: '1138' };

/** Hints beside those of people, in FreePBX's contexts. */
export const functionHints: readonly DemoHint[] = [
  ...hintsOf('park-hints', [
    ['70', SLOTS.map(slotDevice).join('&')],
    ...SLOTS.map((slot) => [slot, slotDevice(slot)] as const),
    ...SLOTS.map((slot) => [`*85${slot}`, slotDevice(slot)] as const),
  ]),
  ...hintsOf('ext-queues', [
    ['600', 'Queue:600', 'Support line'],
    ['601', 'Queue:601', 'Sales line'],
    ['*451102*600', 'Custom:QUEUE1102*600'],
    ['*451107*601', 'Custom:QUEUE1107*601'],
  ]),
  ...hintsOf('ext-meetme', [
    ['8000', 'confbridge:8000', 'Team call'],
    ['8001', 'confbridge:8001', 'Customer call'],
    ['*87', 'confbridge:8000&confbridge:8001'],
  ]),
  ...hintsOf('app-daynight-toggle', [
    ['*280', 'Custom:DAYNIGHT0', 'Night service'],
    ['*281', 'Custom:DAYNIGHT1', 'Snow day announcement'],
  ]),
  ...hintsOf('timeconditions-toggles', [['*271', 'Custom:TC1', 'Lunch break']]),
  ...hintsOf('voicemail', [['*1120', 'MWI:1120@default', 'Reception voicemail']]),
  ...FEATURE_EXTENSIONS.flatMap((exten) => [
    ...hintsOf('ext-local', [[`*80${exten}`, personHint(exten)]]),
    ...hintsOf('ext-dnd-hints', [[`*76${exten}`, `Custom:DEVDND${exten}`]]),
    ...hintsOf('ext-cf-hints', [[`*96${exten}`, `Custom:DEVCF${exten}`]]),
    ...hintsOf('ext-findmefollow', [[`*21${exten}`, `Custom:FOLLOWME${exten}`]]),
  ]),
];

/** The hint of a person as FreePBX writes it. */
export function personHint(extension: string): string {
  return `PJSIP/${extension}&${dndDevice(extension)},CustomPresence:${extension}`;
}
