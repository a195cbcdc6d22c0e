import type { AmiEvent, AmiFields } from './types.ts';

/** The headers that say whom an event is about. */
const NAMING: Readonly<Record<string, readonly string[]>> = {
  ExtensionStatus: ['exten', 'context'],
  PresenceStateChange: ['presentity'],
  DeviceStateChange: ['device'],
};

/** What is left of an event that somebody may have typed: whom it is about, and nothing that it says of them. */
export function subjectOf(fields: AmiFields): AmiEvent {
  const name = fields['event'] ?? '';
  const naming = (NAMING[name] ?? []).map((header) => [header, fields[header] ?? '']);
  return { name, fields: Object.fromEntries(naming) };
}
