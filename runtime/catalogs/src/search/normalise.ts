import {pinyin} from 'pinyin-pro';

/** How text is compared: compatibility forms, case, blanks and punctuation do not matter. */
export function normalise(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[\s，。、,.；;：:！!？?"'“”（）()]/g, '');
}

/** Pairs of neighbouring characters, one for each place. */
export function pairsOf(text: string): readonly string[] {
  const characters = [...text];
  return characters.slice(0, -1).map((character, index) => character + (characters[index + 1] ?? ''));
}

const initials = new Map<string, string>();

/** First letters of the usual readings, such as `dwzs` for 店外占道; what is no Chinese character is left out. */
export function initialsOf(text: string): string {
  let all = '';
  for (const character of text) {
    let letter = initials.get(character);
    if (letter === undefined) {
      letter = /\p{Script=Han}/u.test(character) ? (pinyin(character, {pattern: 'first', toneType: 'none'})[0] ?? '').toLowerCase() : '';
      initials.set(character, letter);
    }
    all += letter;
  }
  return all;
}
