import {
  type Presence,
  type SetPresenceReply,
  type WantedPresence,
  SETTABLE_STATES,
  presence as presenceSchema,
} from '@lampboard/protocol';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { onEveryPbx } from '../every-pbx/on-every-pbx.ts';
import { until } from '../processes/until.ts';
import { type OpenBoard, openBoard } from './open-board.ts';
import { openGateway } from './open-gateway.ts';
import { createStaff } from './staff.ts';

const RUNS = 4000;
/** An account gives ten commands a second at most: so many receptionists together are fast enough. */
const RECEPTIONISTS = 20;
/** At that pace, with other tests beside. */
const LONGEST_MS = 180_000;

/** Text of every plane, and what has a meaning to somebody on the way: AMI, the dialplan, C, HTML, CSV, base64. */
const fragment = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '\n',
      '\r\n',
      '\r',
      '\t',
      ' ',
      ',',
      ',,e',
      '"',
      "'",
      '\\',
      '\\n',
      '%',
      '%0A',
      '${EXTEN}',
      '$[1+1]',
      '<b>&amp;',
      '=',
      ';',
      '|',
      '\r\n\r\nEvent: ExtensionStatus\r\nExten: 1101\r\nStatus: 8',
      'ActionID: x',
      '\uFEFF',
      '\u202E',
      '\u2028',
      '\u0085',
      'é',
      'e\u0301',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme-ascii', maxLength: 900, size: 'max' }) },
  { weight: 1, arbitrary: fc.constantFrom('\ud800', '\udfff', '\0') },
);
const text = fc.array(fragment, { maxLength: 6 }).map((parts) => parts.join(''));
const presence = fc.record({ state: fc.constantFrom(...SETTABLE_STATES), subtype: text, message: text });

await onEveryPbx((pbx) => {
  let boards: readonly OpenBoard[];

  beforeAll(async () => {
    const { gateway, close } = await openGateway(pbx());
    const staff = await createStaff(gateway);
    const person = {
      role: 'receptionist',
      extension: '1101@default',
      password: 'tangerine kettle 7',
    } as const;
    boards = await Promise.all(
      Array.from({ length: RECEPTIONISTS }, async () => {
        const { cookie } = await staff.hire(person);
        return openBoard(gateway, { cookie });
      }),
    );
    return async () => {
      for (const board of boards) board.close();
      await close();
    };
  });

  /** An account that has given too many commands, or a machine that stood still for a second: one tries again. */
  const isToBeTriedAgain = (reply: SetPresenceReply) =>
    !reply.ok &&
    (reply.code === 'too-many' ||
      (reply.code === 'timeout' && reply.message.includes('Nothing was changed')));

  let turn = 0;
  async function set(wanted: WantedPresence, base: Presence): Promise<SetPresenceReply> {
    return until({
      what: 'a command that is not to be given again',
      probe: async () => {
        turn += 1;
        const reply = await boards[turn % RECEPTIONISTS]?.set('1101@default', wanted, base);
        return reply !== undefined && !isToBeTriedAgain(reply) && reply;
      },
    });
  }

  it(
    `[PT2] ${RUNS} generated texts are in Asterisk byte for byte, or were refused with a reason`,
    async () => {
      const others = async () => [await pbx().presence('CustomPresence:1102'), await pbx().extensionStates()];
      const before = await others();
      const refusals: Record<string, number> = {};
      await pbx().control(async (ami) => {
        const read = async (field: string) => {
          const answer = await ami.action({
            Action: 'Getvar',
            Variable: `PRESENCE_STATE(CustomPresence:1101,${field})`,
          });
          return answer.fields['value'] ?? '';
        };
        const stored = async () => {
          const [state, subtype, message] = await Promise.all(['value', 'subtype,e', 'message,e'].map(read));
          const decode = (base64 = '') => Buffer.from(base64, 'base64').toString('utf8');
          return presenceSchema.parse({ state, subtype: decode(subtype), message: decode(message) });
        };
        let base = await stored();
        await fc.assert(
          fc.asyncProperty(presence, async (wanted) => {
            const reply = await set(wanted, base);
            const now = await stored();
            if (reply.ok) {
              const lf = (value: string) => value.replaceAll('\r\n', '\n');
              expect(now).toEqual({
                state: wanted.state,
                subtype: lf(wanted.subtype),
                message: lf(wanted.message),
              });
            } else {
              expect(['not-text', 'too-long']).toContain(reply.code);
              expect(now).toEqual(base);
              refusals[reply.code] = (refusals[reply.code] ?? 0) + 1;
            }
            base = now;
          }),
          { numRuns: RUNS },
        );
      });
      expect(await others()).toEqual(before);
      expect(Object.keys(refusals).toSorted()).toEqual(['not-text', 'too-long']);
    },
    LONGEST_MS,
  );
});
