const hiragana = /[\u3041-\u3096]/g;

/** Text for comparing: width, case and kana do not count. ＲＥＳＮＥＴ is resnet, しーど is シード. */
export const folded = (text: string): string => text.normalize('NFKC').toLowerCase().replace(hiragana, (letter) => String.fromCodePoint(letter.codePointAt(0)! + 0x60));
