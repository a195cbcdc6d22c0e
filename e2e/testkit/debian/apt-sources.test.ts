import { describe, expect, it } from 'vitest';
import { parseDeb822Sources, parseOneLineSources, plainDebianArchive } from './apt-sources.ts';

const ONE_LINE = `# deb http://commented.example/debian bookworm main
deb-src http://archive.example/debian bookworm main
deb [arch=amd64 signed-by=/usr/share/keyrings/x.gpg] http://archive.example/debian-security bookworm-security main
deb http://archive.example/debian bookworm main contrib # the plain one
`;

const DEB822 = `Types: deb
URIs: http://vendor.example/apt
Suites: stable
Components: main
Enabled: no

Types: deb deb-src
# a comment
URIs: http://archive.example/debian-security
Suites: bookworm-security
Components: main

Types: deb
URIs:
 http://archive.example/debian/
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/x.gpg
`;

describe('apt sources', () => {
  it('[TE1] of one line each are read', () => {
    expect(parseOneLineSources(ONE_LINE)).toEqual([
      {
        address: 'http://archive.example/debian-security',
        suites: ['bookworm-security'],
        components: ['main'],
      },
      { address: 'http://archive.example/debian', suites: ['bookworm'], components: ['main', 'contrib'] },
    ]);
  });

  it('[TE1] in stanzas are read, but for those that are off', () => {
    expect(parseDeb822Sources(DEB822)).toEqual([
      {
        address: 'http://archive.example/debian-security',
        suites: ['bookworm-security'],
        components: ['main'],
      },
      {
        address: 'http://archive.example/debian/',
        suites: ['bookworm', 'bookworm-updates'],
        components: ['main'],
      },
    ]);
  });

  it('[TE1] name the plain archive, not the security one nor a vendor', () => {
    expect(plainDebianArchive(parseOneLineSources(ONE_LINE))).toBe('http://archive.example/debian');
    const vendor = { address: 'http://vendor.example/apt', suites: ['stable'], components: ['main'] };
    expect(plainDebianArchive([vendor, ...parseDeb822Sources(DEB822)])).toBe(
      'http://archive.example/debian/',
    );
    expect(plainDebianArchive([])).toBeUndefined();
  });
});
