import type { PbxFact } from '../pbx/facts.ts';
import type { Pbx } from '../pbx/pbx.ts';
import { type AmiEvent, formatBlock, liveEvent } from './blocks.ts';
import { deviceHeaders, extensionHeaders, hintPresenceHeaders, presenceHeaders } from './event-headers.ts';

export function formatEvent(fact: PbxFact): AmiEvent {
  switch (fact.kind) {
    case 'fully-booted':
      return liveEvent('FullyBooted', 'system', { Status: 'Fully Booted', Uptime: '0', LastReload: '0' });
    case 'shutdown':
      return liveEvent('Shutdown', 'system', {
        Shutdown: 'Cleanly',
        Restart: fact.restart ? 'True' : 'False',
      });
    case 'device-state-changed':
      return liveEvent('DeviceStateChange', 'call', deviceHeaders(fact.device, fact.state));
    case 'extension-status': {
      const hint = fact.isNew ? { ...fact.hint, hint: '' } : fact.hint;
      return liveEvent('ExtensionStatus', 'call', extensionHeaders(hint, fact.status));
    }
    case 'presence-changed':
      return liveEvent('PresenceStateChange', 'call', presenceHeaders(fact.provider, fact.presence));
    case 'hint-presence-changed':
      return liveEvent('PresenceStatus', 'call', hintPresenceHeaders(fact.hint, fact.presence));
    case 'variable-set':
      return liveEvent('VarSet', 'dialplan', {
        Channel: 'none',
        Uniqueid: 'none',
        Variable: fact.name,
        Value: fact.value,
      });
    case 'user-event': {
      const headers = { Event: 'UserEvent', Privilege: 'user,all', UserEvent: fact.name };
      return { class: 'user', text: formatBlock(headers, fact.fields) };
    }
  }
}

/** `FullyBooted` for a login after the boot: with the PBX's times, in another order. */
export function fullyBootedAfterLogin(pbx: Pbx): AmiEvent {
  return liveEvent('FullyBooted', 'system', {
    Uptime: String(Math.floor(pbx.uptime())),
    LastReload: String(Math.floor(pbx.secondsSinceReload())),
    Status: 'Fully Booted',
  });
}
