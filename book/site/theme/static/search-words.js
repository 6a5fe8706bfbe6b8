// Which words of the book a reader means. Pagefind knows the stems of many languages, but it takes a word that it does
// not have for the longest beginning that it has, even a single letter, and of Korean it knows no stems. So it is asked
// only for words that the book has: the reader's own, or those that share the longest beginning with them, which must be
// more than half of both. What a script writes without spaces between words is asked letter by letter, as a phrase.

// Pairs of letters that are one for searching; in Hindi long and short vowel signs and the two signs of nasal vowels.
const LIKE = new Map(["ıi", "ğk", "łl", "ىي", "ةه", "\u0940\u093f", "\u0942\u0941", "\u0901\u0902"].map((two) => [...two]));
// A letter of such a script: as in book/site/pages/unspaced.py, which parts the index in the same way.
const SCRIPTS = [
  ...["Han", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar", "Tibetan", "Balinese", "Javanese"],
  ...["Tai_Le", "New_Tai_Lue", "Tai_Tham", "Tai_Viet"],
];
const LETTER = `(?=[${SCRIPTS.map((name) => `\\p{scx=${name}}`).join("")}])[\\p{L}\\p{N}]\\p{M}*`;
const A_LETTER = new RegExp(LETTER, "gu");
const PARTS = new RegExp(`(?:${LETTER})+|(?:(?!${LETTER})[\\p{L}\\p{M}\\p{N}_])+`, "gu");
const SPELLED = "\u2061"; // before a letter with marks, which is spelled: five letters from a to p for each character
const WIDTHS = /[\uff00-\uffef]+/g; // Latin letters as wide as Han, Katakana half as wide
const MARKS = /[\u0300-\u036f\u0640\u064b-\u065f\u0670\u093c]/g; // accents, Arabic vowel signs and tatweel, nukta
const ARTICLE = /^(?:[وف]?[بك]?ال|[وف]?لل)(?=..)/; // and what is written together with it: و ف ب ك ل

export const fold = (word) =>
  [...word.toLowerCase().normalize("NFC")]
    .map((letter) => LIKE.get(letter) ?? letter)
    .join("")
    .normalize("NFKD")
    .replace(MARKS, "")
    .replace(ARTICLE, "");

const usual = (text) => text.normalize("NFC").replace(WIDTHS, (wide) => wide.normalize("NFKC"));

// The letters alone: without what stands between words, as spaces, hyphens and points.
const letters = (text) => (usual(text).match(PARTS) ?? []).map(fold).join("");

export const sameText = (one, other) => letters(one) === letters(other);

const sharedLength = (one, other) => {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
};

const spelled = (letter) => {
  if (letter.normalize("NFD").length === 1) return letter;
  const digits = [...letter].map((each) => each.codePointAt().toString(16).padStart(5, "0")).join("");
  return [...digits].map((each) => String.fromCharCode(97 + parseInt(each, 16))).join("");
};

// What the index has, as it is read: without the breaks between letters, and with what is spelled as it is written.
export const asWritten = (text) =>
  text
    .replace(new RegExp(`${SPELLED}((?:[a-p]{5})+)`, "g"), (whole, digits) => {
      const codes = digits.match(/.{5}/g).map((five) => [...five].reduce((n, each) => 16 * n + each.charCodeAt() - 97, 0));
      const letter = String.fromCodePoint(...codes);
      return letter.match(A_LETTER)?.[0] === letter ? letter : whole; // nothing else is ever spelled
    })
    .replace(/\u2060(<\/mark>)? /g, "$1")
    .replace(/<\/mark><mark>|\u2060/g, "");

export class Words {
  constructor({ stemmed, words, titles }) {
    this.stemmed = stemmed;
    this.titles = titles;
    this.words = words.split(" ").map((word) => ({ word, key: fold(word) }));
    this.keys = new Set(this.words.map((each) => each.key));
  }

  // What to ask for: the words instead of a query's words, without those that the book has nothing like; and what is
  // written without spaces, each piece as the list of its letters.
  resolve(query) {
    const found = { words: [], pieces: [] };
    for (const part of usual(query).match(PARTS) ?? []) {
      const unspaced = part.match(A_LETTER);
      if (unspaced) found.pieces.push(unspaced.map(spelled));
      else found.words.push(...this.nearest(part));
    }
    return found;
  }

  // Is a page of the book called this?
  isTitle(query) {
    return this.titles.some((title) => sameText(title, query));
  }

  nearest(word) {
    const key = fold(word);
    let best = { shared: 0, key: "" };
    for (const each of this.words) {
      const shared = sharedLength(key, each.key);
      const shorter = shared === best.shared && each.key.length < best.key.length;
      if (shared > best.shared || shorter) best = { ...each, shared };
    }
    const most = Math.max(key.length, best.key.length) / 2;
    if (best.shared === key.length || (best.shared >= 3 && best.shared > most)) {
      return [this.stemmed ? best.word : this.beginning(word, best)];
    }
    return this.compound(key);
  }

  // Where there are no stems, the shared beginning stands for all forms: Pagefind finds words that begin with it.
  beginning(word, best) {
    const own = word.toLowerCase().normalize("NFC");
    return own.slice(0, sharedLength(own, best.word)) || best.word;
  }

  // Two words of the book written as one.
  compound(key) {
    for (let cut = key.length - 3; cut >= 3; cut -= 1) {
      if (!this.keys.has(key.slice(0, cut))) continue;
      const rest = this.nearest(key.slice(cut));
      if (rest.length) return [...this.nearest(key.slice(0, cut)), ...rest];
    }
    return [];
  }
}
