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

// The language a reader picks in the menu is remembered for the entrance page. Sections have the same names in all
// languages, so the reader stays in theirs.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".book-languages a[hreflang]");
  if (!link) return;
  link.hash = location.hash;
  try {
    localStorage.setItem("book-language", link.hreflang);
  } catch (error) {
    // Storage is off: the entrance page goes by the browser's languages.
  }
});

// sphinx-copybutton gives its buttons a tooltip but no name.
window.addEventListener("load", () => {
  for (const button of document.querySelectorAll("button.copybtn")) {
    button.setAttribute("aria-label", button.dataset.tooltip);
  }
});
