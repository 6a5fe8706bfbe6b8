// Which words of the book a reader means. Pagefind knows the stems of many languages, but it takes a word that it does
// not have for the longest beginning that it has, even a single letter, and of Korean it knows no stems. So it is asked
// only for words that the book has: the reader's own, those that share more than half of both with it from the beginning,
// and those that differ by one slip of the finger. What a script writes without spaces between words is asked letter by
// letter, as a phrase.

// Pairs of letters that are one for searching; in Hindi long and short vowel signs, the two signs of nasal vowels, and the
// signs by which English e and o are written.
const LIKE = new Map(
  [
    ...["ıi", "ğk", "łl", "ىي", "ةه", "\u0940\u093f", "\u0942\u0941", "\u0901\u0902"],
    ...["\u0945\u0947", "\u0948\u0947", "\u0949\u094b", "\u094c\u094b"],
  ].map((two) => [...two]),
);
const NASAL = /[\u0919\u091e\u0923\u0928\u092e]\u094d(?=[\u0915-\u0939])/g; // before a consonant: as \u0902 is read there
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
// Accents, Arabic vowel signs and tatweel, nukta and virama.
const MARKS = /[\u0300-\u036f\u0640\u064b-\u065f\u0670\u093c\u094d]/g;
const ARTICLE = /^(?:[وف]?[بك]?ال|[وف]?لل)(?=..)/; // and what is written together with it: و ف ب ك ل

export const fold = (word) =>
  [...word.toLowerCase().normalize("NFC").replace(NASAL, "\u0902")]
    .map((letter) => LIKE.get(letter) ?? letter)
    .join("")
    .normalize("NFKD")
    .replace(MARKS, "")
    .replace(ARTICLE, "");

const usual = (text) => text.normalize("NFC").replace(WIDTHS, (wide) => wide.normalize("NFKC"));

// The letters alone: without what stands between words, as spaces, hyphens and points.
const letters = (text) => (usual(text).match(PARTS) ?? []).map(fold).join("");

export const sameText = (one, other) => letters(one) === letters(other);

// The words of a text, of those that Python writes as one the parts: `LayerNorm` is two.
export const wordsOf = (text) =>
  (usual(text).match(PARTS) ?? []).flatMap((part) => part.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?[^\p{Lu}_]+|\p{Lu}/gu) ?? []);

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

// Do two words differ by one letter too many or too few, or by two that changed places?
const displaced = (one, other) => {
  if (Math.abs(one.length - other.length) > 1) return false;
  const same = sharedLength(one, other);
  const [a, b] = [one.slice(same), other.slice(same)];
  const swapped = a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2);
  return swapped || a.slice(1) === b || a === b.slice(1);
};

// Do they differ by one wrong letter, not the first? Who begins a word mostly begins it right.
const replaced = (one, other) => {
  const same = sharedLength(one, other);
  return same > 0 && one.length === other.length && one.slice(same + 1) === other.slice(same + 1);
};

const ENDING = 2; // letters: as in `batches`
const SHORT = 3; // letters: shorter words are in no compound
const FORMS = 6; // of a word, at most, that are asked for
const NEAR = 0.4; // forms that are so much less like a word than the one most like it are left out
const SLIP = 0.8; // how like two words are that differ by one slip

// How much of two folded words is the same, from the beginning, from 0 to 1: more than half of both.
export const likeness = (one, other) => {
  const shared = sharedLength(one, other);
  const part = shared / Math.max(one.length, other.length);
  return part === 1 || (shared >= 3 && part > 0.5) ? part : 0;
};

// Do folded words differ by one slip? In Hangul it is one of a letter, or a whole syllable too many, too few or misplaced.
const isSlip = (typed, other) =>
  Math.min(typed.length, other.length) >= 3 &&
  (displaced(typed, other) || replaced(typed, other) || displaced(typed.normalize("NFC"), other.normalize("NFC")));

export class Words {
  constructor({ stemmed, words, pages, synonyms = {} }) {
    this.stemmed = stemmed;
    this.words = words.split(" ").map((word) => ({ word, key: fold(word) }));
    this.keys = new Set(this.words.map((each) => each.key));
    const cut = ([said, meant]) => ({ said: wordsOf(said).map(fold), meant: wordsOf(meant) });
    this.synonyms = Object.entries(synonyms).map(cut).filter(({ said }) => said.length);
    this.named = new Set(pages.flatMap(({ names }) => names).flatMap(wordsOf).map(fold));
  }

  // What to ask for: of each word of a query its `keys` and the `forms` that the book has of it, each with its likeness;
  // without those that the book has nothing like. What is written without spaces, each piece as the list of its letters.
  resolve(query) {
    const parts = usual(query).match(PARTS) ?? [];
    const letters = parts.map((part) => part.match(A_LETTER));
    const words = parts.filter((part, i) => !letters[i]).flatMap(wordsOf);
    const terms = [];
    while (words.length) {
      const synonym = this.synonym(words);
      const said = words.splice(0, synonym?.said.length ?? 1);
      terms.push(...this.either(said, synonym?.meant ?? []));
    }
    return { terms, pieces: letters.filter(Boolean).map((each) => each.map(spelled)) };
  }

  // The longest synonym with which these words begin, in the plural too.
  synonym(words) {
    const typed = words.map(fold);
    const isSame = (word, other = "") => other.startsWith(word) && other.length - word.length <= ENDING;
    const begins = ({ said }) => said.every((word, i) => isSame(word, typed[i]));
    return this.synonyms.filter(begins).sort((one, other) => other.said.length - one.said.length)[0];
  }

  // What to ask for where the reader says one thing and the book another: both, word by word; where they have not as many
  // words, what the book says.
  either(said, meant) {
    const [own, others] = [said, meant].map((words) => words.flatMap((word) => this.terms(word)));
    if (own.length !== others.length) return meant.length && others.length >= meant.length ? others : own;
    return own.map(({ keys, forms }, i) => ({ keys: [...keys, ...others[i].keys], forms: [...forms, ...others[i].forms] }));
  }

  terms(word) {
    const key = fold(word);
    const names = this.keys.has(key) ? [] : this.compound(key, this.named);
    if (names.length) return names;
    const forms = this.forms(key);
    if (!forms.length) return this.compound(key, this.keys);
    const keys = [key, forms[0].key];
    return [{ keys, forms: this.stemmed ? forms : forms.map((each) => this.beginning(word, each)) }];
  }

  // What the book has of a word; while it is typed, letter by letter, also what begins so; else what it may be a slip of.
  forms(key) {
    const known = this.keys.has(key);
    const begins = (other) => !known && other.startsWith(key);
    const slips = !this.words.some((each) => likeness(key, each.key) >= SLIP);
    const form = (each) => {
      const slip = slips && !begins(each.key) && isSlip(key, each.key);
      const like = slip ? SLIP : likeness(key, each.key);
      return { ...each, slip, like: begins(each.key) ? (1 + key.length / each.key.length) / 2 : like };
    };
    return this.words
      .map(form)
      .filter(({ like }) => like)
      .sort((one, other) => other.like - one.like || this.named.has(other.key) - this.named.has(one.key))
      .filter((each, i, [best]) => i < FORMS && each.like > best.like - NEAR);
  }

  // Where there are no stems, the shared beginning stands for all forms: Pagefind finds words that begin with it.
  beginning(word, form) {
    const own = word.toLowerCase().normalize("NFC");
    const shared = form.slip ? "" : own.slice(0, sharedLength(own, form.word));
    return { ...form, word: shared || form.word };
  }

  // Several of these words written as one.
  compound(key, keys) {
    for (let cut = key.length - SHORT; cut >= SHORT; cut -= 1) {
      const [first, rest] = [key.slice(0, cut), key.slice(cut)];
      if (!keys.has(first)) continue;
      const others = keys.has(rest) ? this.terms(rest) : this.compound(rest, keys);
      if (others.length) return [...this.terms(first), ...others];
    }
    return [];
  }
}
