import type { Random } from '@lampboard/demo-pbx';
import { EXTENSIONS, LAMP_STATES, type Step, isPossible } from './script.ts';

const MAX_STEPS = 40;
const MAX_TEXT_LENGTH = 100_000;
const REPEAT_COUNT = 2000;

/** Protocol fragments as an attacker would type them. */
const TOKENS = [
  '\r\n',
  '\r\n\r\n',
  '\n',
  '\r',
  '\0',
  ': ',
  ' ',
  'é',
  '😀',
  '\\',
  '\\n',
  'Event: ',
  ...'ExtensionStatus PresenceStateChange PresenceStatus Reload FullyBooted ExtensionStatusX RawEvent DBGetTreeComplete'
    .split(' ')
    .map((name) => `Event: ${name}\r\n`),
  ...`Exten: 1102|Context: default|Hint: PJSIP/1102|Status: 8|Status: -1|Presentity: CustomPresence:1102|Message: typed
Response: Success|Response: Error|ActionID: 1|EventList: Complete|Variable: a=b
Asterisk Call Manager/11.0.0|--END COMMAND--|__proto__: x`
    .split(/[|\n]/)
    .map((line) => `${line}\r\n`),
];

const forgedLamp = (exten: string, second: string) =>
  `\r\n\r\nEvent: ExtensionStatus\r\n${second}: call,all\r\nExten: ${exten}\r\nContext: default\r\nHint: PJSIP/${exten}\r\nStatus: 2\r\n`;
const forgedName = (exten: string) =>
  `\r\n\r\nEvent: DBGetTreeResponse\r\nKey: /AMPUSER/${exten}/cidname\r\nVal: forged`;
const forgedPresence = (exten: string) =>
  `\r\n\r\nEvent: PresenceStateChange\r\nPresentity: CustomPresence:${exten}\r\nStatus: dnd\r\nSubtype: \r\nMessage: forged\r\n`;
const forgedDnd = (exten: string) =>
  `\r\n\r\nEvent: DeviceStateChange\r\nPrivilege: call,all\r\nDevice: Custom:DND${exten}\r\nState: INUSE`;
/** Event of a device that is named after dialled text with `forged` in it. */
const localDevice = (forged: string) =>
  `Event: DeviceStateChange\r\nPrivilege: call,all\r\nDevice: Local/1\r\nState: INUSE${forged}\r\nState: INUSE`;

/** Applies one to five random changes to a script of the corpus. */
export function mutate(corpus: readonly (readonly Step[])[], random: Random): Step[] {
  const randomIndex = (length: number) => Math.floor(random.between(0, length));
  const extension = () => random.pick(EXTENSIONS) ?? '1101';
  const steps = [...(random.pick(corpus) ?? [])];

  function newStep(): Step {
    const other = random.pick(random.pick(corpus) ?? []);
    if (other !== undefined && random.chance(0.4)) return other;
    if (random.chance(0.2)) return { kind: 'pause' };
    const exten = extension();
    if (random.chance(0.2)) return { kind: 'presence', exten, text: random.pick(TOKENS) ?? '' };
    if (random.chance(0.2)) {
      const text = random.chance(0.5) ? forgedName(extension()) : (random.pick(TOKENS) ?? '');
      return { kind: 'name', exten, text };
    }
    if (random.chance(0.2)) {
      const forged = random.pick([forgedLamp(exten, 'Privilege'), forgedPresence(exten), forgedDnd(exten)]);
      return { kind: 'event', text: localDevice(forged ?? '') };
    }
    return { kind: 'lamp', exten, state: random.pick(LAMP_STATES) ?? 'INUSE' };
  }

  function newText(text: string): string {
    const start = randomIndex(text.length + 1);
    const end = start + randomIndex(Math.min(60, text.length - start + 1));
    const [before, selected, after] = [text.slice(0, start), text.slice(start, end), text.slice(end)];
    switch (randomIndex(8)) {
      case 0:
        return before + after;
      case 1:
        return before + selected.repeat(random.chance(0.02) ? REPEAT_COUNT : 2) + after;
      case 2: {
        const forged = forgedLamp(extension(), random.chance(0.5) ? 'Privilege' : 'ActionID');
        return before + forged + selected + after;
      }
      case 3:
        return before + forgedPresence(extension()) + selected + after;
      case 4:
        return before + forgedName(extension()) + selected + after;
      case 5:
        return before + forgedDnd(extension()) + selected + after;
      default:
        return before + (random.pick(TOKENS) ?? '') + (random.chance(0.5) ? selected : '') + after;
    }
  }

  function change(): void {
    const position = randomIndex(steps.length + 1);
    const step = steps[position];
    if (step !== undefined && 'text' in step && random.chance(0.7)) {
      const text = newText(step.text).slice(0, MAX_TEXT_LENGTH);
      const changed = { ...step, text };
      steps[position] = isPossible(changed) ? changed : step;
      return;
    }
    switch (randomIndex(4)) {
      case 0:
        steps.splice(position, 1);
        return;
      case 1:
        steps.splice(position, steps.length, ...(random.pick(corpus) ?? []).slice(position));
        return;
      default:
        steps.splice(position, 0, newStep());
    }
  }

  for (let changes = 1 + randomIndex(5); changes > 0; changes -= 1) change();
  return steps.slice(0, MAX_STEPS);
}
