// What pages need scripts for. Without JavaScript all but the theme switch, search and copying works.
const root = document.documentElement;
const here = document.currentScript.src;
const version = new URL(here).search;
const store = (key, value) => {
  try {
    localStorage.setItem(key, value);
  } catch (error) {
    // Storage is off: the choice holds for this page.
  }
};

// Light, dark, or as the system has it. The script in the page's head sets the first theme, before anything is drawn.
const systemDark = matchMedia("(prefers-color-scheme: dark)");
const setMode = (mode) => {
  root.dataset.mode = mode;
  root.dataset.theme = mode === "auto" ? (systemDark.matches ? "dark" : "light") : mode;
};
systemDark.addEventListener("change", () => setMode(root.dataset.mode));
for (const button of document.querySelectorAll(".theme-switch-button")) {
  const name = button.getAttribute("aria-label");
  const label = () => {
    const shown = button.querySelector(`[data-mode="${root.dataset.mode}"]`);
    button.title = `${name}: ${shown.title}`;
    button.setAttribute("aria-label", button.title);
  };
  button.addEventListener("click", () => {
    const modes = systemDark.matches ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
    setMode(modes[(modes.indexOf(root.dataset.mode) + 1) % 3]);
    store("mode", root.dataset.mode);
    label();
  });
  label();
}

// The list of pages and the contents are drawers, which browsers open by themselves (`popovertarget`). On a wide screen
// the list stands beside the page, and its button hides it.
const wide = matchMedia("(min-width: 960px)");
document.querySelector(".primary-toggle")?.addEventListener("click", (event) => {
  if (!wide.matches) return;
  event.preventDefault();
  document.getElementById("pst-primary-sidebar").classList.toggle("pst-sidebar-hidden");
});
document.getElementById("pst-secondary-sidebar")?.addEventListener("click", (event) => {
  if (event.target.closest("a") && event.currentTarget.matches(":popover-open")) event.currentTarget.hidePopover();
});

// Search opens with its button, with Ctrl+K or ⌘K, and with /. What it needs is loaded then.
// A page that was opened as a file may load no module: the search page then says so, and lists the pages.
const searchPage = document.querySelector("main .book-search");
const search = async () => {
  try {
    return await import(new URL(`search.js${version}`, here));
  } catch (error) {
    const said = searchPage?.querySelector("[role=status]");
    if (said) said.textContent = said.dataset[location.protocol === "file:" ? "file" : "failed"];
    else location.href = document.querySelector(".search-button-field").href;
  }
};
for (const button of document.querySelectorAll(".search-button-field, .book-search-button")) {
  button.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a new tab, with the search page
    event.preventDefault();
    document.querySelector(".bd-sidebar-primary:popover-open")?.hidePopover();
    (await search())?.open();
  });
}
document.addEventListener("keydown", async (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  const asked = event.key.toLowerCase() === "k" ? event.ctrlKey || event.metaKey : event.key === "/" && !typing;
  if (!asked || event.altKey) return;
  event.preventDefault();
  (await search())?.open();
});
if (searchPage) search();

// The contents show which part is being read: the first that begins in the upper third of the window, else the last one
// above.
const entries = new Map();
for (const link of document.querySelectorAll("#pst-page-toc-nav a")) {
  const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (section) entries.set(section.querySelector("h1, h2, h3, h4") || section, link);
}
const showPart = (current) => {
  for (const link of entries.values()) {
    link.classList.toggle("active", link === current);
    if (link === current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
};
const watch = (rootMargin) => {
  const inside = new Set();
  const observer = new IntersectionObserver((crossed) => {
    for (const { target, isIntersecting } of crossed) inside[isIntersecting ? "add" : "delete"](target);
    const headings = [...entries.keys()];
    const current = headings.find((each) => near.has(each)) ?? headings.filter((each) => begun.has(each)).pop();
    showPart(entries.get(current));
  }, { rootMargin });
  for (const heading of entries.keys()) observer.observe(heading);
  return inside;
};
const near = watch("-40px 0px -67% 0px"); // below the header
const begun = watch("9999999px 0px -67% 0px");

// The line below the header shows once the page is scrolled.
new IntersectionObserver(([top]) => document.body.classList.toggle("scrolled", !top.isIntersecting)).observe(
  document.getElementById("pst-scroll-pixel-helper"),
);

// What scrolls can be reached with the keyboard. The browser says when it has laid something out, and so is never made
// to do it twice; what is folded or out of sight is measured when it is shown.
const markScrolling = (shown) => {
  const scrolls = shown.map(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) => {
    return scrollWidth > clientWidth || scrollHeight > clientHeight;
  });
  shown.forEach((each, i) => {
    if (scrolls[i]) each.tabIndex = 0;
    else each.removeAttribute("tabindex");
  });
};
const sizes = new ResizeObserver((seen) => markScrolling(seen.map(({ target }) => target)));
for (const each of document.querySelectorAll("pre, .pst-scrollable-table-container, .math-block, .table-wrap")) sizes.observe(each);
document.addEventListener("contentvisibilityautostatechange", ({ target, skipped }) => {
  if (!skipped) requestAnimationFrame(() => markScrolling([target]));
}, true);

// Code has a button that copies it; the page brings it as a template, in its language.
const copyButton = navigator.clipboard && document.getElementById("book-copy");
for (const code of copyButton ? document.querySelectorAll("div:not(.output) > .highlight > pre, .book-bibtex > p") : []) {
  const button = copyButton.content.firstElementChild.cloneNode(true);
  button.addEventListener("click", async () => {
    const said = document.getElementById("book-said");
    try {
      await navigator.clipboard.writeText(code.textContent);
      said.textContent = said.dataset.copied;
      button.classList.add("success");
    } catch (error) {
      said.textContent = said.dataset.failed;
    }
    setTimeout(() => button.classList.remove("success"), 2000);
  });
  code.after(button);
}

// The menu of languages closes as menus do.
const closeMenus = (except) => {
  for (const menu of document.querySelectorAll("details.book-languages[open]")) {
    if (menu !== except) menu.open = false;
  }
};
document.addEventListener("click", (event) => closeMenus(event.target.closest("details.book-languages")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.book-languages[open]");
  closeMenus(null);
  if (menu) menu.querySelector("summary").focus();
});

// The language a reader picks is remembered for the entrance page.
document.addEventListener("click", (event) => {
  const link = event.target.closest(":is(.book-languages, .book-home-languages) a[hreflang]");
  if (link) store("book-language", link.hreflang);
});

// On paper everything folded is open, save the tables of numbers, and nothing is dark.
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll(":is(.bd-article details:not(.figure-numbers), .book-cite):not([open])")];
  for (const each of folded) each.open = true;
  root.dataset.theme = "light";
});
addEventListener("afterprint", () => {
  for (const each of folded) each.open = false;
  setMode(root.dataset.mode);
});
