import {
  type Presence,
  type SetPresenceReply,
  type PresenceInput,
  SETTABLE_STATES,
  presence as presenceSchema,
} from '@lampboard/protocol';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { describeEachPbx } from '../../testkit/asterisk/each-pbx.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { createAccountPool } from '../../testkit/gateway/account-pool.ts';
import { postCommand } from '../../testkit/gateway/http-client.ts';
import { startGatewayWithClient } from '../../testkit/clients/board-client.ts';
import { startForSuite } from '../../testkit/site/test-site.ts';

const RUNS = 4000;
/** Enough accounts despite the limit of ten commands a second for each. */
const RECEPTIONISTS = 20;
const MAX_DURATION_MS = 180_000;
const REPLY_TIMEOUT_MS = 10_000;

/** Text of every plane, and text with a meaning in AMI, the dialplan, C, HTML, CSV or base64. */
const fragment = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...'\n|\r|\t| |,|"|\'|\\|%|=|;|\uFEFF|\u202E|\u2028|\u0085|é'.split('|'),
      ...'${EXTEN} $[1+1] <b>&amp; ,,e \\n %0A e\u0301'.split(' '),
      '\r\n',
      '\r\n\r\nEvent: ExtensionStatus\r\nExten: 1101\r\nStatus: 8',
      'ActionID: x',
      '|',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme-ascii', maxLength: 900, size: 'max' }) },
  { weight: 1, arbitrary: fc.constantFrom('\ud800', '\udfff', '\0') },
);
const text = fc.array(fragment, { maxLength: 6 }).map((parts) => parts.join(''));
const presence = fc.record({ state: fc.constantFrom(...SETTABLE_STATES), subtype: text, message: text });

await describeEachPbx((pbx) => {
  const site = startForSuite(() => startGatewayWithClient(pbx()));
  let cookies: readonly string[];

  beforeAll(async () => {
    const staff = await createAccountPool(site().gateway);
    const created = Array.from({ length: RECEPTIONISTS }, () => staff.create('receptionist', '1101@default'));
    cookies = (await Promise.all(created)).map(({ cookie }) => cookie);
  });

  /** Rate limit, or a machine that was blocked for a second. */
  const isToBeTriedAgain = (reply: SetPresenceReply) =>
    !reply.ok &&
    (reply.code === 'too-many' ||
      (reply.code === 'timeout' && reply.message.includes('Nothing was changed')));

  let turn = 0;
  async function set(input: PresenceInput, base: Presence): Promise<SetPresenceReply> {
    return waitUntil('a command that is not to be given again', async () => {
      turn += 1;
      const cookie = cookies[turn % RECEPTIONISTS] ?? '';
      const request = { id: '1101@default', presence: input, base };
      const signal = AbortSignal.timeout(REPLY_TIMEOUT_MS);
      const reply = await postCommand(site().gateway, cookie, 'set-presence', request, signal);
      return !isToBeTriedAgain(reply) && reply;
    });
  }

  it(
    `[PT2] ${RUNS} generated texts are in Asterisk byte for byte, or were refused with a reason`,
    async () => {
      const others = () =>
        Promise.all([pbx().readPresence('CustomPresence:1102'), pbx().listExtensionStates()]);
      const before = await others();
      const failures: Record<string, number> = {};
      await pbx().withSession(async (ami) => {
        const read = async (field: string) => {
          const variable = `PRESENCE_STATE(CustomPresence:1101,${field})`;
          return (await ami.action({ Action: 'Getvar', Variable: variable })).fields['value'] ?? '';
        };
        const stored = async () => {
          const [state, subtype, message] = await Promise.all(['value', 'subtype,e', 'message,e'].map(read));
          const decode = (base64 = '') => Buffer.from(base64, 'base64').toString('utf8');
          return presenceSchema.parse({ state, subtype: decode(subtype), message: decode(message) });
        };
        let base = await stored();
        await fc.assert(
          fc.asyncProperty(presence, async (input) => {
            const reply = await set(input, base);
            const now = await stored();
            if (reply.ok) {
              const lf = (value: string) => value.replaceAll('\r\n', '\n');
              expect(now).toEqual({ ...input, subtype: lf(input.subtype), message: lf(input.message) });
            } else {
              expect(['invalid-text', 'too-long']).toContain(reply.code);
              expect(now).toEqual(base);
              failures[reply.code] = (failures[reply.code] ?? 0) + 1;
            }
            base = now;
          }),
          { numRuns: RUNS },
        );
      });
      expect(await others()).toEqual(before);
      expect(Object.keys(failures).toSorted()).toEqual(['invalid-text', 'too-long']);
    },
    MAX_DURATION_MS,
  );
});
