import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestAuthority } from '@lampboard/ami/testing/certificates';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onEveryAsterisk } from '../asterisk/on-every-asterisk.ts';
import { USERS } from '../pbx/users.ts';
import { freePort } from '../processes/free-port.ts';
import { until } from '../processes/until.ts';
import { expectTruth } from './expect-truth.ts';
import { openBoard } from './open-board.ts';
import { openGateway } from './open-gateway.ts';
import { startGateway } from './start-gateway.ts';

const WITHOUT_TLS = 'AMI goes over the network without TLS';

it.each([
  ['another machine', { LAMPBOARD_AMI_HOST: 'pbx.invalid' }, 1],
  ['another machine, with TLS', { LAMPBOARD_AMI_HOST: 'pbx.invalid', LAMPBOARD_AMI_TLS: 'true' }, 0],
  ['this machine', {}, 0],
])('[AM11] warns once where AMI goes without TLS to another machine: %s', async (_, env, warnings) => {
  const gateway = await startGateway({ amiPort: await freePort(), env });
  try {
    const output = await until({
      what: 'the first try to be over',
      probe: async () => {
        const said = await gateway.output();
        return said.includes('no live link to Asterisk') && said;
      },
    });
    expect(output.split(WITHOUT_TLS)).toHaveLength(warnings + 1);
    expect(output).not.toContain(USERS.lampboard.secret);
  } finally {
    await gateway.stop();
  }
});

await onEveryAsterisk((asterisk) => {
  describe('a gateway that follows Asterisk over TLS', () => {
    const strangerFile = join(tmpdir(), `lampboard-stranger-${process.pid}.pem`);
    beforeAll(async () => writeFile(strangerFile, createTestAuthority().ca));
    afterAll(async () => rm(strangerFile));

    const overTls = () => ({ amiPort: asterisk().amiTls.port, users: asterisk().users });

    it('[AM11] is live, and an edit goes to Asterisk and comes back', async () => {
      const env = {
        LAMPBOARD_AMI_TLS: 'true',
        LAMPBOARD_AMI_TLS_CA: asterisk().amiTls.caFile,
        LAMPBOARD_AMI_TLS_SERVER_NAME: 'pbx.example',
      };
      const { board, close } = await openGateway(overTls(), { env });
      try {
        await expectTruth(board, { ...asterisk(), name: 'Asterisk over TLS' });
        const wanted = { state: 'away', subtype: 'Lunch', message: 'back at one' } as const;
        expect(await board.set('1101@default', wanted, board.presence('1101@default'))).toMatchObject({
          ok: true,
        });
        expect(await asterisk().presence('CustomPresence:1101')).toMatchObject(wanted);
      } finally {
        await close();
      }
    });

    it.each([
      [
        'an authority that it does not know',
        () => ({ LAMPBOARD_AMI_TLS_CA: strangerFile }),
        /SIGNATURE|SIGNED/,
      ],
      [
        'another name',
        () => ({
          LAMPBOARD_AMI_TLS_CA: asterisk().amiTls.caFile,
          LAMPBOARD_AMI_TLS_SERVER_NAME: 'other.example',
        }),
        /ERR_TLS_CERT_ALTNAME_INVALID/,
      ],
    ])('[AM11] says so where the certificate is of %s', async (_, settings, code) => {
      const gateway = await startGateway({
        amiPort: asterisk().amiTls.port,
        user: asterisk().users.lampboard,
        env: { LAMPBOARD_AMI_TLS: 'true', ...settings() },
      });
      const board = await openBoard(gateway);
      try {
        await board.until(
          'the untrusted link',
          ({ link }) => link.state === 'down' && link.reason === 'untrusted',
        );
        const output = await gateway.output();
        expect(output).toMatch(code);
        expect(output).not.toContain(asterisk().users.lampboard.secret);
      } finally {
        board.close();
        await gateway.stop();
      }
    });
  });
});
