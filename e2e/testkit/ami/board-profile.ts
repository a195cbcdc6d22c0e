import type { AmiProfile } from '@lampboard/ami';

/** The same events and lists as the gateway's. */
export const BOARD_PROFILE: AmiProfile = {
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
    action === 'Getvar' && !variable.endsWith(',e)'),
};
