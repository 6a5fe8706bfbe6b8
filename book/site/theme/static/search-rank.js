// In what order pages stand that were found. Pagefind says how much a page has of each word; here a word counts the more
// the fewer pages have it, and a page whose name or heading says what was asked comes before pages that often mention it.
import { fold, likeness, sameText, wordsOf } from "./search-words.js";

const NAMED = 1; // how much a name counts that says all that was asked, beside all that a page has of the words
const HEADED = 0.6; // a heading
const THERE = 0.3; // of what a page has of a word: that it has it at all
const ENOUGH = 0.5; // of what was asked a page must have

// How much it says that these pages, of all, have a word.
export const rarity = (all, some) => Math.log(1 + all / Math.max(some, 1));

// Is a word of a name one that was asked for? Either may go on, as `normalization` after `norm`.
const akin = (one, other) =>
  likeness(one, other) > 0 || (Math.min(one.length, other.length) >= 4 && (one.startsWith(other) || other.startsWith(one)));

// What pages are called and what their headings say, each as a list of words with their rarity among names.
export class Names {
  constructor(pages) {
    const cut = (texts) => texts.map((text) => wordsOf(text).map(fold));
    const found = pages.map(({ id, names, headings }) => ({ id, names, named: cut(names), headed: cut(headings) }));
    const in_ = new Map();
    for (const { named, headed } of found) {
      for (const word of new Set([named, headed].flat(2))) in_.set(word, (in_.get(word) ?? 0) + 1);
    }
    const weighed = (lists) =>
      lists.map((words) => words.map((word) => ({ word, weight: rarity(pages.length, in_.get(word)) })));
    this.pages = found.map((page) => ({ ...page, named: weighed(page.named), headed: weighed(page.headed) }));
  }

  // The page that is called just this, in the reader's language or in English.
  called(query) {
    return this.pages.find(({ names }) => names.some((name) => sameText(name, query)));
  }
}

const sum = (list, key) => list.reduce((total, each) => total + each[key], 0);

// How much of what was asked a name says, and how little else.
const said = (words, terms) => {
  const meant = ({ keys }, { word }) => keys.some((key) => akin(key, word));
  const heard = terms.filter((term) => words.some((word) => meant(term, word)));
  const own = words.filter((word) => heard.some((term) => meant(term, word)));
  return (sum(heard, "share") * sum(own, "weight")) / sum(words, "weight") || 0;
};

// The pages, best first. Each of `terms` has its `keys`, and by the id of a page what it `has` of the term: how `like` it the
// form is that the page has, and how `much` of it.
export const ranked = (names, terms) => {
  const weighed = terms.map((term) => ({
    ...term,
    weight: rarity(names.pages.length, term.has.size),
    most: Math.max(...[...term.has.values()].map(({ much }) => much)),
  }));
  const total = sum(weighed, "weight");
  for (const term of weighed) term.share = term.weight / total;
  const best = (lists) => Math.max(0, ...lists.map((words) => said(words, weighed)));
  const scored = names.pages.map((page) => {
    const [name, heading] = [best(page.named), best(page.headed)];
    const parts = weighed.filter(({ has }) => has.has(page.id)).map(({ has, share, most }) => {
      const { like, much } = has.get(page.id);
      return { there: share * like, text: share * (THERE * like + (1 - THERE) * (much / most || 0)) };
    });
    const covered = Math.max(sum(parts, "there"), name, heading);
    return { page, covered, score: sum(parts, "text") + NAMED * name + HEADED * heading };
  });
  return scored
    .filter(({ covered }) => covered >= ENOUGH)
    .sort((one, other) => other.score - one.score)
    .map(({ page }) => page);
};
