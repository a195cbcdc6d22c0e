import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type ProvidedRoot, exists, provideDebianRoot } from '../debian/debian-root.ts';
import { execOrThrow } from '../processes/run-command.ts';

export type AsteriskRelease = '22' | '16';

export const ASTERISK_RELEASES: readonly AsteriskRelease[] = ['22', '16'];

const SUITES: Record<AsteriskRelease, string> = { '22': 'forky', '16': 'bullseye' };
/** Asterisk 22 has its voicemail in the package `asterisk`. */
const PACKAGES: Record<AsteriskRelease, readonly string[]> = {
  '22': ['asterisk', 'asterisk-config', 'asterisk-core-sounds-en-gsm'],
  '16': ['asterisk', 'asterisk-config', 'asterisk-core-sounds-en-gsm', 'asterisk-voicemail'],
};

/**
 * Returns an Asterisk of the release, whose root folder holds `/usr/sbin/asterisk`: the root named by
 * `LAMPBOARD_TEST_ASTERISK_22` or `_16` (`/` for the machine's own), or Debian's packages.
 */
export async function provideAsterisk(release: AsteriskRelease): Promise<ProvidedRoot> {
  const variable = `LAMPBOARD_TEST_ASTERISK_${release}`;
  const named = process.env[variable];
  if (named) {
    return (await exists(join(named, 'usr/sbin/asterisk')))
      ? { root: named }
      : { missing: `${variable}=${named} holds no usr/sbin/asterisk` };
  }
  return provideDebianRoot({
    // Another name for other packages: a root once unpacked stays.
    name: `asterisk-${release}-with-voicemail`,
    suite: SUITES[release],
    packages: PACKAGES[release],
    async prepare(root) {
      const version = await execOrThrow({ command: 'chroot', args: [root, '/usr/sbin/asterisk', '-V'] });
      // Of the alternatives that a package's script would choose from.
      await symlink('en_US_f_Allison', join(root, 'usr/share/asterisk/sounds/en'));
      if (!version.startsWith(`Asterisk ${release}.`)) throw new Error(`the archive has ${version.trim()}`);
    },
  });
}
