/** Letters that Unicode does not decompose. */
const NON_DECOMPOSING: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  þ: 'th',
};

/** A fast path: most names need only lower case. */
const ASCII_ONLY = /^[\w .,:;!?#()@&/+\n]*$/u;

/** Removes case, accents, apostrophes, hyphens and width, for comparison. */
export function normalizeText(text: string): string {
  if (ASCII_ONLY.test(text)) return text.toLowerCase();
  return text
    .replace(/['’ʼ‘`´]/gu, '')
    .replace(/\p{Pd}/gu, ' ')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßæœøđðłħıþ]/gu, (letter) => NON_DECOMPOSING[letter] ?? letter);
}
