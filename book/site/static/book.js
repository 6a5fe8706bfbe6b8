// The language a reader picks in the menu is remembered for the entrance page.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".book-languages a[hreflang]");
  if (!link) return;
  try {
    localStorage.setItem("book-language", link.hreflang);
  } catch (error) {
    // Storage is off: the entrance page goes by the browser's languages.
  }
});
