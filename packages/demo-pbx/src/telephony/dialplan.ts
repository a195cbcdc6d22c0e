/** An extension of extensions.conf: `exten` may be a pattern, `steps` are `Application(data)` with `${EXTEN}` in it. */
export interface DialplanExtension {
  exten: string;
  /** `default` by default. */
  context?: string;
  steps: readonly string[];
}

export interface Step {
  readonly application: string;
  readonly data: string;
}

export type Dialplan = (exten: string, context: string) => DialplanExtension | undefined;

const PATTERN_SETS: Readonly<Record<string, string>> = {
  X: '\\d',
  Z: '[1-9]',
  N: '[2-9]',
  '.': '.+',
  '!': '.*',
};

function toRegex(pattern: string): RegExp {
  const source = pattern
    .slice(1)
    .replace(/[\\^$*+?()|{}]/g, String.raw`\$&`)
    .replace(/[XZN.!]/g, (letter) => PATTERN_SETS[letter] ?? letter);
  return new RegExp(`^${source}$`, 's');
}

/** Finds extensions by name and pattern; the first that matches counts. */
export function createDialplan(extensions: readonly DialplanExtension[]): Dialplan {
  const matchers = extensions.map((extension) => {
    const pattern = extension.exten.startsWith('_') ? toRegex(extension.exten) : undefined;
    return {
      extension,
      context: extension.context ?? 'default',
      matches: (exten: string) => pattern?.test(exten) ?? exten === extension.exten,
    };
  });
  return (exten, context) =>
    matchers.find((matcher) => matcher.context === context && matcher.matches(exten))?.extension;
}

/** The steps of an extension with `${EXTEN}` and `${EXTEN:n}` in place; undefined where it does not exist. */
export function stepsOf(dialplan: Dialplan, exten: string, context: string): readonly Step[] | undefined {
  return dialplan(exten, context)?.steps.map((text) => {
    const [, application = '', data = ''] = /^(\w+)\((.*)\)$/s.exec(text) ?? [];
    // A function, so that `$&` in a dialled text stays as it is.
    const replaced = data.replace(/\$\{EXTEN(?::(\d+))?\}/g, (_, skip: string | undefined) =>
      exten.slice(Number(skip ?? 0)),
    );
    return { application, data: replaced };
  });
}
