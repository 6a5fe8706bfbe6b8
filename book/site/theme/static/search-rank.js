// In what order pages stand that were found. Pagefind says how much a page has of each word; here a word counts the more
// the seldomer the book says it, and a page whose name or heading says what was asked, or that says all of it in one place,
// comes before pages that often mention it.
import { fold, likeness, sameText, wordsOf } from "./search-words.js";

const NAMED = 1; // how much a name counts that says all that was asked, beside all that a page has of the words
const HEADED = 0.6; // a heading
const TOGETHER = 0.4; // a place that has all of it within a few words
const FEW = 20; // words
const THERE = 0.3; // of what a page has of a word: that it has it at all
const ASIDE = 0.6; // what is left of a page that is hardly meant
const ENOUGH = 0.5; // of what was asked a page must have

// How much it says that some, of all, have a word.
export const rarity = (all, some) => Math.log(1 + all / Math.max(some, 1));

// Is a word of a name one that was asked for? Either may go on, as `normalization` after `norm`.
const akin = (one, other) =>
  likeness(one, other) > 0 || (Math.min(one.length, other.length) >= 4 && (one.startsWith(other) || other.startsWith(one)));

// What pages are called and what their headings say, each as a list of words with their rarity among names.
export class Names {
  constructor({ pages, length }) {
    this.length = length; // words of the book
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

const means = ({ keys }, { word }) => keys.some((key) => akin(key, word));

// How much of what was asked a name says, and how little else.
const said = (words, terms) => {
  const heard = terms.filter((term) => words.some((word) => means(term, word)));
  const own = words.filter((word) => heard.some((term) => means(term, word)));
  return (sum(heard, "share") * sum(own, "weight")) / sum(words, "weight") || 0;
};

// Who names one page, as "Batch norm", does not mean one that is called half the same, as "Layer norm", if it has not been
// named too. Tells of a page whether it is such a one.
const besideNamed = ({ pages }, terms) => {
  const asked = (word) => terms.some((term) => means(term, word));
  const whole = pages.flatMap(({ named }) => named).filter((words) => words.length > 1 && words.every(asked));
  const has = (name, { word }) => name.some((own) => akin(own.word, word));
  return ({ named }) =>
    !named.some((name) => whole.some((words) => words.every((word) => has(name, word)))) &&
    named.some((name) => !name.every(asked) && whole.some((words) => words.some((word) => has(name, word))));
};

// How much of what was asked a page has within a few words, where it has most.
const together = (terms, id) => {
  if (terms.length === 1) return terms[0].has.get(id)?.like ?? 0; // as of a single letter, which is everywhere
  const places = terms.flatMap(({ has, share }, term) =>
    (has.get(id)?.places ?? []).map(({ at, like }) => ({ at, term, much: share * like })),
  );
  places.sort((one, other) => one.at - other.at);
  const from = (first) => {
    const found = terms.map(() => 0);
    for (let i = first; places[i]?.at < places[first].at + FEW; i += 1) {
      found[places[i].term] = Math.max(found[places[i].term], places[i].much);
    }
    return found.reduce((total, much) => total + much);
  };
  return places.reduce((most, place, i) => Math.max(most, from(i)), 0);
};

// The pages, best first. Each of `terms` has its `keys`, and by the id of a page what it `has` of the term: how `like` it the
// form is that the page has, how `much` of it, and the `places` where it is.
export const ranked = (names, terms) => {
  const weighed = terms.map((term) => ({
    ...term,
    weight: rarity(names.length, [...term.has.values()].reduce((times, { places }) => times + places.length, 0)),
    most: Math.max(...[...term.has.values()].map(({ much }) => much)),
  }));
  const total = sum(weighed, "weight");
  for (const term of weighed) term.share = term.weight / total;
  const best = (lists) => Math.max(0, ...lists.map((words) => said(words, weighed)));
  const isBeside = besideNamed(names, weighed);
  const scored = names.pages.map((page) => {
    const [name, heading] = [best(page.named), best(page.headed)];
    const parts = weighed.filter(({ has }) => has.has(page.id)).map(({ has, share, most }) => {
      const { like, much } = has.get(page.id);
      return { there: share * like, text: share * (THERE * like + (1 - THERE) * (much / most || 0)) };
    });
    const covered = Math.max(sum(parts, "there"), name, heading);
    const score = sum(parts, "text") + NAMED * name + HEADED * heading + TOGETHER * together(weighed, page.id);
    return { page, covered, score: isBeside(page) ? ASIDE * score : score };
  });
  return scored
    .filter(({ covered }) => covered >= ENOUGH)
    .sort((one, other) => other.score - one.score)
    .map(({ page }) => page);
};
