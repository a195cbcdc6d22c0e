import { LINK_REASONS } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { translateEnglish as t } from '../../i18n/translate.ts';
import { connectionMessage } from './connection-messages.ts';

const CONNECTED = { state: 'connected' } as const;

it('[LK5] has a message for every reason why Asterisk is not live', () => {
  const messages = LINK_REASONS.map((reason) =>
    connectionMessage(t, CONNECTED, { state: 'down', since: 0, reason }),
  );
  expect(new Set(messages.map(({ summary }) => summary)).size).toBe(LINK_REASONS.length);
  expect(messages.every(({ short, advice }) => short !== '' && advice !== '')).toBe(true);
});

it('[LK5] a refused login names the settings to check', () => {
  const { advice } = connectionMessage(t, CONNECTED, { state: 'down', since: 0, reason: 'login-refused' });
  expect(advice).toContain('LAMPBOARD_AMI_USERNAME');
});

it('[LK5] reports the outage nearest to the user', () => {
  const down = { state: 'down', since: 0, reason: 'lost', failures: 1 } as const;
  expect(connectionMessage(t, down, { state: 'down', since: 0, reason: 'unreachable' }).short).toBe(
    'Reconnecting…',
  );
  expect(connectionMessage(t, { ...down, failures: 3 }, undefined).short).toBe('Gateway not responding');
});

it('[LK1] says “Live” only when the link to Asterisk is', () => {
  expect(connectionMessage(t, CONNECTED, { state: 'live' }).tone).toBe('live');
  expect(connectionMessage(t, CONNECTED, undefined).tone).toBe('waiting');
});
