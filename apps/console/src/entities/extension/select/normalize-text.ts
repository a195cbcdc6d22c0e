/** Letters that Unicode does not take apart into a letter and its mark. */
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

/** Nothing of it is to be taken away but its case: so are most names, and a board has thousands. */
const ASCII_ONLY = /^[\w .,:;!?#()@&/+\n]*$/u;

/** Text as it is compared: without case, accents, apostrophes and hyphens, and the difference between wide and narrow forms. */
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
