import type { EventProfile } from '@lampboard/ami';

/** Events and lists of the contract; written apart from the gateway, which it is held against. */
export const TEST_PROFILE: EventProfile = {
  trusts: 'events',
  eventClasses: ['call'],
  subscriptions: [
    { name: 'ExtensionStatus', identifiedBy: ['Exten', 'Context'], lastHeader: 'Status' },
    {
      name: 'DeviceStateChange',
      identifiedBy: ['Device'],
      lastHeader: 'State',
      spoofable: { header: 'Device', prefix: 'Local/' },
    },
    { name: 'PresenceStateChange', identifiedBy: ['Presentity'], lastHeader: 'Status' },
    { name: 'Reload', identifiedBy: [] },
  ],
  bootLists: [
    { action: 'ExtensionStateList', identifiedBy: ['Exten', 'Context', 'Hint'] },
    { action: 'PresenceStateList', identifiedBy: ['Presentity'] },
  ],
  identifierHeaders: ['Exten', 'Context', 'Hint', 'Presentity'],
  echoesUserText: ({ Action: action, Variable: variable = '' }) =>
    action === 'DBGetTree' || (action === 'Getvar' && !variable.endsWith(',e)')),
};
