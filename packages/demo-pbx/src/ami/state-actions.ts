import { customPresenceName } from '../pbx/pbx.ts';
import { UNKNOWN_EXTENSION } from '../pbx/device-state.ts';
import { readVariable, writeVariable } from '../pbx/dialplan-functions.ts';
import { readChannelVariable } from '../telephony/channel-functions.ts';
import type { Action, SessionControl } from './action.ts';
import { extensionHeaders } from './event-headers.ts';
import { actionIdHeaders, errorResponse, formatBlock, formatResponse } from './blocks.ts';
import type { AmiMessage } from './message-parser.ts';

function presenceState({ pbx, send }: SessionControl, message: AmiMessage): void {
  const sendError = (text: string): void => send(errorResponse(message, text));
  const provider = message.header('Provider');
  if (provider === '') return sendError('No provider specified');
  if (customPresenceName(provider) === undefined)
    return sendError(`Invalid provider ${provider} or provider in invalid state`);
  const presence = pbx.states.presences.get(provider) ?? pbx.storedPresence(provider);
  const { state, subtype, message: text } = presence;
  const headers = { Message: 'Presence State', State: state, ...(subtype !== '' && { Subtype: subtype }) };
  // Unescaped, as in Asterisk: a message with CRLF injects lines into this response.
  const lines = ['Message', 'PresenceMessage'].map((name): [string, string] => [name, text]);
  send(formatResponse(message, headers, 'Success', text === '' ? [] : lines));
}

function extensionState({ pbx, send }: SessionControl, message: AmiMessage): void {
  const exten = message.header('Exten');
  if (exten === '') return send(errorResponse(message, 'Extension not specified'));
  const context = message.header('Context') || 'default';
  const hint = pbx.states.hints().find(exten, context);
  const status = hint ? pbx.states.status(hint) : UNKNOWN_EXTENSION;
  const headers = extensionHeaders({ exten, context, hint: hint?.hint ?? '' }, status);
  send(formatResponse(message, { Message: 'Extension Status', ...headers }));
}

/** Values are unescaped, before the ActionID: CRLF in one forges headers and events. */
function databaseTree({ pbx, send }: SessionControl, message: AmiMessage): void {
  const id = actionIdHeaders(message);
  const entries = pbx.db.tree(message.header('Family'), message.header('Key'));
  const count = { EventList: 'Complete', ListItems: String(entries.length) };
  const blocks = [
    formatResponse(message, { EventList: 'start', Message: 'Result will follow' }),
    ...entries.map(([Key, Val]) => formatBlock({ Event: 'DBGetTreeResponse', Key, Val, ...id })),
    formatBlock({ Event: 'DBGetTreeComplete', ...id, ...count }),
  ];
  send(blocks.join(''));
}

export const stateActions: readonly Action[] = [
  {
    name: 'Setvar',
    synopsis: 'Sets a channel variable or function value.',
    classes: ['call'],
    run({ pbx, send }, message) {
      if (message.header('Channel') !== '') return send(errorResponse(message, 'No such channel'));
      const write = writeVariable(pbx, message.header('Variable'), message.header('Value'));
      if (!write.ok) return send(errorResponse(message, write.message));
      send(formatResponse(message, { Message: 'Variable Set' }));
      write.apply();
    },
  },
  {
    name: 'Getvar',
    synopsis: 'Gets a channel variable or function value.',
    classes: ['call', 'reporting'],
    run({ pbx, telephony, send }, message) {
      const [variable, name] = [message.header('Variable'), message.header('Channel')];
      const channel = telephony.channels.find(name);
      const read = channel ? readChannelVariable(pbx, channel, variable) : readVariable(pbx, variable);
      if (!read.ok) return send(errorResponse(message, read.message));
      if (name !== '' && !channel) return send(errorResponse(message, 'No such channel'));
      send(formatResponse(message, { Variable: variable, Value: read.value }));
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
  {
    name: 'DBGetTree',
    synopsis: 'Get DB entries, optionally at a particular family/key',
    classes: ['system', 'reporting'],
    run: databaseTree,
  },
  {
    name: 'DBPut',
    synopsis: 'Put DB entry.',
    classes: ['system'],
    run({ pbx, send }, message) {
      const [family, key] = [message.header('Family'), message.header('Key')];
      if (family === '') return send(errorResponse(message, 'No family specified'));
      if (key === '') return send(errorResponse(message, 'No key specified'));
      pbx.db.put(family, key, message.header('Val'));
      send(formatResponse(message, { Message: 'Updated database successfully' }));
    },
  },
];
