import { customPresenceName } from '../pbx/pbx.ts';
import { UNKNOWN_EXTENSION } from '../pbx/device-state.ts';
import { readVariable, writeVariable } from '../pbx/dialplan-functions.ts';
import type { Presence } from '../pbx/presence-value.ts';
import type { Action } from './action.ts';
import { errorResponse, formatResponse } from './response.ts';
import type { Header } from './event.ts';
import type { AmiMessage } from './message-parser.ts';
import type { SessionControl } from './session-control.ts';

const presenceLines = ({ state, subtype, message }: Presence): Header[] => [
  ['State', state],
  ...(subtype === '' ? [] : [['Subtype', subtype] as const]),
  ...(message === '' ? [] : [['Message', message] as const, ['PresenceMessage', message] as const]),
];

function presenceState({ pbx, send }: SessionControl, message: AmiMessage): void {
  const sendError = (text: string): void => send(errorResponse(message, text));
  const provider = message.header('Provider');
  if (provider === '') return sendError('No provider specified');
  if (customPresenceName(provider) === undefined)
    return sendError(`Invalid provider ${provider} or provider in invalid state`);
  const presence = pbx.states.presences.get(provider) ?? pbx.storedPresence(provider);
  // Unescaped, as in Asterisk: a message with CRLF injects lines into this response.
  send(formatResponse(message, 'Success', [['Message', 'Presence State'], ...presenceLines(presence)]));
}

function extensionState({ pbx, send }: SessionControl, message: AmiMessage): void {
  const exten = message.header('Exten');
  if (exten === '') return send(errorResponse(message, 'Extension not specified'));
  const context = message.header('Context') || 'default';
  const hint = pbx.states.hints().find(exten, context);
  const { status, text } = hint ? pbx.states.status(hint) : UNKNOWN_EXTENSION;
  const headers: Header[] = [
    ['Message', 'Extension Status'],
    ['Exten', exten],
    ['Context', context],
    ['Hint', hint?.hint ?? ''],
    ['Status', String(status)],
    ['StatusText', text],
  ];
  send(formatResponse(message, 'Success', headers));
}

export const stateActions: readonly Action[] = [
  {
    name: 'Setvar',
    synopsis: 'Sets a channel variable or function value.',
    classes: ['call'],
    run({ pbx, send }, message) {
      if (message.header('Channel') !== '') {
        return send(errorResponse(message, 'No such channel'));
      }
      const write = writeVariable(pbx, message.header('Variable'), message.header('Value'));
      if (!write.ok) return send(errorResponse(message, write.message));
      send(formatResponse(message, 'Success', [['Message', 'Variable Set']]));
      write.apply();
    },
  },
  {
    name: 'Getvar',
    synopsis: 'Gets a channel variable or function value.',
    classes: ['call', 'reporting'],
    run({ pbx, send }, message) {
      const variable = message.header('Variable');
      const read = readVariable(pbx, variable);
      if (!read.ok) return send(errorResponse(message, read.message));
      if (message.header('Channel') !== '') {
        return send(errorResponse(message, 'No such channel'));
      }
      send(
        formatResponse(message, 'Success', [
          ['Variable', variable],
          ['Value', read.value],
        ]),
      );
    },
  },
  {
    name: 'PresenceState',
    synopsis: 'Check Presence State',
    classes: ['call', 'reporting'],
    run: presenceState,
  },
  {
    name: 'ExtensionState',
    synopsis: 'Check Extension Status.',
    classes: ['call', 'reporting'],
    run: extensionState,
  },
];
