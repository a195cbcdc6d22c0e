/** One hint of the dialplan: `exten => exten,hint,hint(name)` in the section `context`; `HINT(exten,n)` reads the name. */
export interface Hint {
  exten: string;
  context: string;
  hint: string;
  name?: string;
}

/** The hints that every PBX under test has: the common shape, and each shape seen in the field that differs. */
export function standardHints(): Hint[] {
  const phones = Array.from({ length: 11 }, (_, index) => String(1101 + index));
  return [
    ...phones.map((exten) => inDefault(exten, `PJSIP/${exten},CustomPresence:${exten}`)),
    { ...inDefault('1112', 'PJSIP/1112,CustomPresence:1112'), name: 'Grace Hopper' },
    inDefault('1113', 'PJSIP/1113'),
    inDefault('1114', 'PJSIP/1114&Custom:DND1114,CustomPresence:1114'),
    inDefault('600', 'Custom:lamp600,CustomPresence:Batman'),
    inDefault('601', ',CustomPresence:601'),
    inDefault('_7XXX', 'Custom:lamp${EXTEN},CustomPresence:${EXTEN}'),
    { exten: '2001', context: 'sales', hint: 'Custom:lamp2001,CustomPresence:2001' },
  ];
}

/** Hints of `count` more extensions, from 20000 on, for boards as large as they get. */
export function manyHints(count: number): Hint[] {
  return Array.from({ length: count }, (_, index) => {
    const exten = String(20_000 + index);
    return inDefault(exten, `Custom:lamp${exten},CustomPresence:${exten}`);
  });
}

export function inDefault(exten: string, hint: string): Hint {
  return { exten, context: 'default', hint };
}

/** A pattern hint is in no list and sends nothing of its own. */
export function isPatternHint(hint: Hint): boolean {
  return hint.exten.startsWith('_');
}
