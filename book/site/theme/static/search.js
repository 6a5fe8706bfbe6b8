// Search, in a dialog on every page and on the search page. Pagefind and its index of the page's language are loaded when
// the reader first types.
import { Names, ranked, rarity } from "./search-rank.js";
import { Words, asWritten } from "./search-words.js";

const AT_ONCE = 5; // pages shown before "More results"
const PARTS = 3; // parts shown of a page
const WORDS = 24; // quoted of a part; letters in a language without spaces, where each is a word to Pagefind
const LETTERS = 60;
const PAUSE = 150; // milliseconds without a key before it searches

const home = new URL(document.documentElement.dataset.content_root, document.baseURI);
let loading;

const load = () => {
  loading ??= (async () => {
    const [pagefind, answer] = await Promise.all([
      import(new URL("pagefind/pagefind.js", home)),
      fetch(new URL("pagefind/words.json", home)),
    ]);
    const book = await answer.json();
    await pagefind.options({ noWorker: true, excerptLength: book.unspaced ? LETTERS : WORDS });
    await pagefind.init();
    return { pagefind, words: new Words(book), names: new Names(book) };
  })();
  loading.catch(() => (loading = undefined)); // the next key tries again
  return loading;
};

// What Pagefind finds for some words.
const ask = async (pagefind, words) => {
  // To Pagefind the vowel signs of Hindi are accents, and बैच is बीच: exact matches first, then, where they are few,
  // what comes near.
  let found = [];
  for (const exactDiacritics of words.length ? [true, false] : []) {
    if (found.length >= AT_ONCE) break;
    await pagefind.options({ exactDiacritics });
    const { results } = await pagefind.search(words.join(" "));
    found = [...found, ...results.filter(({ id }) => !found.some((each) => each.id === id))];
  }
  return found;
};

// The pages that have these letters in a row.
const askInARow = async (pagefind, letters) => (await pagefind.search(`"${letters.join(" ")}"`)).results;

const inAll = ([first = [], ...others]) =>
  first.filter(({ id }) => others.every((list) => list.some((each) => each.id === id)));

// What is written without spaces is found as it stands. If that is nowhere, it is parted where the book ends to go on
// alike, as its words would be: pages that have all parts, else those that have the longest one, if these are most of it.
const askPiece = async (pagefind, letters) => {
  const whole = await askInARow(pagefind, letters);
  if (whole.length || letters.length === 1) return whole;
  const parts = [];
  for (let at = 0; at < letters.length; at += parts.at(-1).length || 1) {
    let part = { length: 0, pages: [] };
    while (at + part.length < letters.length) {
      const pages = await askInARow(pagefind, letters.slice(at, at + part.length + 1));
      if (!pages.length) break;
      part = { length: part.length + 1, pages };
    }
    parts.push(part);
  }
  const longer = parts.filter(({ length }) => length > 1).sort((one, other) => other.length - one.length);
  const most = (some) => 2 * some.reduce((sum, { length }) => sum + length, 0) > letters.length;
  const everywhere = most(longer) ? inAll(longer.map(({ pages }) => pages)) : [];
  return everywhere.length || !most(longer.slice(0, 1)) ? everywhere : longer[0].pages;
};

// The pages that have the most of these terms, and of each page the result that has most of them, by its id.
const askTerms = async (pagefind, names, terms) => {
  const results = new Map();
  const asked = [];
  for (const { keys, forms } of terms) {
    const has = new Map();
    for (const { word, like } of forms) {
      const found = await ask(pagefind, [word]);
      const rare = rarity(names.pages.length, found.length); // part of Pagefind's score, and no merit of a form
      for (const each of found) {
        const { like: best = like, much = 0, places = [] } = has.get(each.id) ?? {};
        places.push(...each.words.map((at) => ({ at, like })));
        has.set(each.id, { like: best, much: Math.max(much, (each.score / rare) * like ** 2), places });
        if (!results.has(each.id)) results.set(each.id, each);
      }
    }
    asked.push({ keys, has });
  }
  for (const each of await ask(pagefind, terms.map(({ forms }) => forms[0].word))) results.set(each.id, each);
  const found = [];
  for (const page of ranked(names, asked)) found.push(results.get(page.id) ?? (await askForPage(pagefind, page)));
  return found.filter(Boolean);
};

// A page whose English name was asked for has perhaps none of its words: it is found by its own name.
const askForPage = async (pagefind, { id, names: [name] }) =>
  (await pagefind.search(name)).results.find((each) => each.id === id);

// The pages that have what the query's words mean, best first: each with `data()`, as Pagefind gives them. A page that is
// called just what was asked for comes first.
export const find = async (query) => {
  const { pagefind, words, names } = await load();
  const { terms, pieces } = words.resolve(query);
  const lists = [];
  for (const piece of pieces) lists.push(await askPiece(pagefind, piece));
  if (terms.length) lists.push(await askTerms(pagefind, names, terms));
  const found = inAll(lists);
  const called = names.called(query);
  if (!called) return found;
  const first = found.find(({ id }) => id === called.id) ?? (await askForPage(pagefind, called));
  return [first, ...found.filter((each) => each !== first)].filter(Boolean);
};

const element = (name, properties, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

// A sentence of a page from right to left runs so, even where it begins with a Latin word; an English one does not.
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u;
// Pagefind escapes what it quotes; the only markup is `<mark>`, which it puts around whole words with their punctuation.
const excerpt = (html) => {
  const tight = asWritten(html).replace(/<mark>(\(+)/g, "$1<mark>").replace(/([.,:!?)،؛؟।。、，；：！？）」』】》]+)<\/mark>/g, "</mark>$1");
  const quoted = element("p", { innerHTML: tight });
  quoted.dir = document.dir === "rtl" && RIGHT_TO_LEFT.test(quoted.textContent) ? "rtl" : "auto";
  return quoted;
};

const strength = (part) => part.weighted_locations.reduce((sum, each) => sum + each.balanced_score, 0);

// A page that was found: its title, then its best parts in their order, each with a few words around what was found.
const entry = (page) => {
  const whole = page.sub_results.filter((part) => !part.anchor || part.title === page.meta.title);
  const parts = page.sub_results.filter((part) => !whole.includes(part));
  const best = new Set([...parts].sort((one, other) => strength(other) - strength(one)).slice(0, PARTS));
  const made = element("li", {}, element("a", { href: page.url, textContent: asWritten(page.meta.title) }));
  if (whole.length) made.append(excerpt(whole[0].excerpt));
  const shown = parts.filter((part) => best.has(part));
  const item = (part) =>
    element("li", {}, element("a", { href: part.url, textContent: asWritten(part.title) }), excerpt(part.excerpt));
  if (shown.length) made.append(element("ul", {}, ...shown.map(item)));
  return made;
};

// The field, the line that says how it went, and the results, in `box`.
export const start = (box) => {
  const field = box.querySelector("input");
  const said = box.querySelector("[role=status]");
  const list = box.querySelector("ol");
  const more = box.querySelector(".book-search-more");
  const hint = said.textContent;
  let results = [];
  let asked = ""; // answers to anything else come too late

  const say = (key, filling = {}) => {
    const filled = (whole, name) => (Object.hasOwn(filling, name) ? filling[name] : whole);
    said.textContent = key ? said.dataset[key].replace(/\{(\w+)\}/g, filled) : hint;
  };
  const clear = () => {
    if (list.contains(document.activeElement)) field.focus(); // it would be lost with its link
    list.replaceChildren();
  };
  const showMore = async () => {
    const query = asked;
    const next = results.slice(list.children.length, list.children.length + AT_ONCE);
    const pages = await Promise.all(next.map((each) => each.data()));
    if (query !== asked) return;
    list.append(...pages.map(entry));
    more.hidden = list.children.length >= results.length;
  };
  const search = async () => {
    const query = field.value.trim();
    if (query === asked) return;
    asked = query;
    if (query && !loading) say("loading");
    try {
      const found = query ? await find(query) : [];
      if (query !== asked) return;
      results = found;
      clear();
      await showMore();
      if (query !== asked) return;
      if (query) say(found.length ? "count" : "none", { count: found.length, query: `\u2068${query}\u2069` });
      else say("");
    } catch (error) {
      asked = "";
      clear();
      more.hidden = true;
      say(location.protocol === "file:" ? "file" : "failed");
    }
  };

  let pause;
  field.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(search, PAUSE);
  });
  more.addEventListener("click", async () => {
    const first = list.children.length;
    await showMore();
    list.children[first]?.querySelector("a").focus();
  });
  // The arrow keys go through the field and the links.
  box.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [field, ...list.querySelectorAll("a")];
    const next = step && stops[stops.indexOf(document.activeElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  return search;
};

// The search page: the query stands in its address.
const page = document.querySelector("main .book-search");
if (page) {
  const search = start(page);
  const field = page.querySelector("input");
  const pages = document.querySelector(".book-search-pages");
  // The list of pages stands until there is a query: nothing moves while the page loads.
  const makeRoom = () => { pages.hidden = field.value.trim() !== ""; };
  field.addEventListener("input", makeRoom);
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  makeRoom();
  page.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    history.replaceState(null, "", `?q=${encodeURIComponent(field.value)}`);
    search();
  });
  field.focus();
  search();
}

// The dialog on every other page. Enter in the field leads to the search page, as a form does.
const dialog = document.querySelector("dialog.book-search");
if (dialog) start(dialog);
export const open = () => {
  if (!dialog) return page.querySelector("input").focus();
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("input").select();
};
dialog?.addEventListener("click", (event) => {
  const closes = event.target === dialog || event.target.closest("a, .book-search-close");
  if (closes) dialog.close();
});
// Chromium would first empty the field.
dialog?.addEventListener("keydown", (event) => {
  if (event.key === "Escape") dialog.close();
});
