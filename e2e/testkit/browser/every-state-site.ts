import { type DemoPbx, startDemoPbx } from '@lampboard/demo-pbx';
import { FAVOURITES, PRESENCE_STATES, type Presence } from '@lampboard/protocol';
import { test as base } from '@playwright/test';
import { openBoardClient } from '../clients/board-client.ts';
import { type RunningGateway, startGateway } from '../gateway/start-gateway.ts';
import { USERS } from '../pbx/pbx-under-test.ts';
import { waitUntil } from '../processes/wait-until.ts';

/** States of both devices of a phone, for each lamp. */
const DEVICES = [
  ['NOT_INUSE', 'NOT_INUSE'],
  ['INUSE', 'NOT_INUSE'],
  ['BUSY', 'NOT_INUSE'],
  ['UNAVAILABLE', 'UNAVAILABLE'],
  ['RINGING', 'NOT_INUSE'],
  ['INUSE', 'RINGING'],
  ['ONHOLD', 'NOT_INUSE'],
] as const;

/** FreePBX's devices of what is on at a phone, before its name. */
const FEATURES: readonly (readonly string[])[] = [
  [],
  ['Custom:DEVDND'],
  ['Custom:DEVCF'],
  [],
  ['Custom:DEVDND', 'Custom:DEVCF', 'Custom:FOLLOWME'],
];

const NAMES = [
  'Ada Novak',
  'Maximiliane Freifrau von Wolkenstein-Rodenegg zu Hohenau',
  'محمد عبد الرحمن الشرقاوي',
  'Rindfleischetikettierungsüberwachungsbeauftragter',
  'Siobhán O’Neill',
  'יוסף בן־דוד מזרחי־אברמוביץ׳ הכהן',
  'Nikolaos Papadopoulos',
];
const SUBTYPES = ['', 'Lunch', 'Home office until further notice, please write', 'اجتماع', 'Customer visit'];
const MESSAGES = [
  '',
  'Back soon',
  'At the dentist, then at the customer in the afternoon; urgent matters to Josh, 1102, or to the whole of Support by mail',
  'سأعود بعد الظهر إن شاء الله، في الحالات العاجلة اتصلوا بالدعم الفني من فضلكم',
];
export const LONG_DEPARTMENT = 'Geschäftsleitung und Unternehmensentwicklung';
const DEPARTMENTS = ['Sales', LONG_DEPARTMENT];
const FIRST_NUMBERS = [100, 1100, 20_100, 3_000_100];

/** Every sixth member has the number of the previous one, in another context. */
const TWIN_EVERY = 6;

const MINUTE = 60_000;
/** Offset of the return time from now. */
const OVERDUE_MS = [-12 * MINUTE, -75 * 24 * 60 * MINUTE];
const NOT_OVERDUE_MS = [null, 3 * 24 * 60 * MINUTE, 60 * 24 * 60 * MINUTE];

const pick = <T>(list: readonly T[], index: number): T => {
  const found = list[index % list.length];
  if (found === undefined) throw new Error('There is nothing to pick from.');
  return found;
};

interface Member {
  /** Name of its devices and provider. */
  readonly key: string;
  readonly exten: string;
  readonly context: string;
  readonly devices: (typeof DEVICES)[number];
  /** Null: the hint has no provider. */
  readonly presence: Presence | null;
  /** Milliseconds from now; null: none. */
  readonly returnInMs: number | null;
}

/** Every lamp with every presence, overdue and not, with texts of all kinds. */
const MEMBERS: readonly Member[] = DEVICES.flatMap((devices, lamp) =>
  [null, ...PRESENCE_STATES].flatMap((state, kind) =>
    [OVERDUE_MS, NOT_OVERDUE_MS].map((times, isOverdue): Member => {
      const index = (lamp * 8 + kind) * 2 + isOverdue;
      const presence =
        state === null
          ? null
          : state === 'not_set'
            ? { state, subtype: '', message: '' }
            : { state, subtype: pick(SUBTYPES, index), message: pick(MESSAGES, index + lamp + kind) };
      const key = String(pick(FIRST_NUMBERS, index + lamp) + index);
      const isTwin = index % TWIN_EVERY === TWIN_EVERY - 1;
      return {
        key,
        exten: isTwin ? String(pick(FIRST_NUMBERS, index + lamp - 1) + index - 1) : key,
        context: isTwin ? 'from-internal-warehouse-north-and-yard' : 'default',
        devices,
        presence,
        returnInMs: state === null || state === 'not_set' ? null : pick(times, lamp + kind),
      };
    }),
  ),
);

export const MEMBER_COUNT = MEMBERS.length;

/** Functions by kind, each in every state, with and without a name. */
const FUNCTION_DEVICES = {
  queue: 'Queue:',
  parking: 'park:',
  conference: 'confbridge:',
  switch: 'Custom:DAYNIGHT',
  mailbox: 'MWI:',
} as const;
const FUNCTION_STATES = ['NOT_INUSE', 'INUSE', 'RINGING', 'UNAVAILABLE'] as const;

const FUNCTIONS = Object.values(FUNCTION_DEVICES).flatMap((device, kind) =>
  FUNCTION_STATES.flatMap((state, index) =>
    ['', pick(NAMES, kind + index)].map((name, isNamed) => {
      const exten = `${kind + 1}${index}${isNamed}00`;
      return { exten, context: 'functions', device: `${device}${exten}`, state, name };
    }),
  ),
);

export const FUNCTION_KINDS = Object.keys(FUNCTION_DEVICES);
export const FUNCTIONS_OF_A_KIND = FUNCTION_STATES.length * 2;

const idOf = ({ exten, context }: Pick<Member, 'exten' | 'context'>) => `${exten}@${context}`;

function startPbx(): Promise<DemoPbx> {
  return startDemoPbx({
    hints: [
      ...MEMBERS.map(({ key, exten, context, presence }) => ({
        exten,
        context,
        hint: `PJSIP/${key}&SIP/${key}${presence === null ? '' : `,CustomPresence:${key}`}`,
      })),
      ...FUNCTIONS.map(({ exten, context, device }) => ({ exten, context, hint: device })),
    ],
    users: [USERS.lampboard],
  });
}

function directory(): string {
  const rows = MEMBERS.map(
    (member, index) => `${idOf(member)},"${pick(NAMES, index)}","${pick(DEPARTMENTS, index)}"\n`,
  );
  const functions = FUNCTIONS.map((one) => `${idOf(one)},"${one.name}",\n`);
  return `extension,name,department\n${[...rows, ...functions].join('')}`;
}

/** Sets the state that only the gateway has: favourites, an availability alert, and return times. */
async function seedUserState(gateway: RunningGateway): Promise<void> {
  const board = await openBoardClient(gateway);
  const members = MEMBERS.map(idOf);
  const group = { id: FAVOURITES, name: '', members: members.filter((_, index) => index % 3 === 0) };
  await board.command('save-group', { account: 'rita', group });
  // Their availability does not trigger an alert yet.
  const availabilityAlerts = MEMBERS.filter(({ presence }) => presence?.state === 'dnd').map(idOf);
  await board.command('set-preferences', {
    account: 'rita',
    preferences: { watchedExtensions: availabilityAlerts },
  });
  for (const member of MEMBERS) {
    const { presence, returnInMs } = member;
    if (presence === null || returnInMs === null) continue;
    const id = idOf(member);
    const edit = {
      id,
      presence,
      base: board.presence(id),
      returnTime: { at: Date.now() + returnInMs, thenState: null },
    };
    // The gateway limits the rate of edits.
    await waitUntil(`the return time of ${id}`, async () => (await board.command('set-presence', edit)).ok);
  }
  board.stop();
}

/** A gateway whose extensions show every state. */
export const everyStateTest = base.extend<object, { everyStateGateway: RunningGateway }>({
  everyStateGateway: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright asks for a destructured first argument
    async ({}, use) => {
      const pbx = await startPbx();
      for (const [index, { key, devices, presence }] of MEMBERS.entries()) {
        for (const feature of pick(FEATURES, index)) pbx.setDeviceState(`${feature}${key}`, 'BUSY');
        pbx.setDeviceState(`PJSIP/${key}`, devices[0]);
        pbx.setDeviceState(`SIP/${key}`, devices[1]);
        if (presence !== null && presence.state !== 'not_set')
          pbx.setPresence(`CustomPresence:${key}`, presence);
      }
      for (const { device, state } of FUNCTIONS) pbx.setDeviceState(device, state);
      const gateway = await startGateway({ amiPort: pbx.port, directory: directory() });
      await seedUserState(gateway);
      await use(gateway);
      await gateway.stop();
      await pbx.kill();
    },
    { scope: 'worker' },
  ],
});
