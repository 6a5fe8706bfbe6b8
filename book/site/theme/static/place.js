{ // names of its own: scripts share those that are not in a block
  // Where the reader is on the page: kept when the language is switched, and told with a question. All languages have the
  // same parts with ids, in the same order; texts differ in length, so what counts is how far between one and the next.
  const KEPT = "book-place";
  const HEADER = 64; // pixels that the header covers
  const parts = [...document.querySelectorAll(".bd-article [id]")].filter((each) => !each.closest("a, details, math, span"));
  const topOf = (part) => part.getBoundingClientRect().top + scrollY - HEADER;
  const from = (number) => topOf(parts[number]);
  const to = (number) => {
    const start = from(number);
    const next = parts.slice(number + 1).map(topOf).find((each) => each > start);
    return next ?? document.querySelector(".bd-article").getBoundingClientRect().bottom + scrollY - HEADER;
  };

  // The part that begins last above what is read, and how much of it is above; none at the top of the page.
  const place = () => {
    const number = parts.findLastIndex((each) => topOf(each) <= scrollY + 1);
    if (number < 0 || scrollY < 1) return null;
    const length = to(number) - from(number);
    return { number, id: parts[number].id, share: length > 0 ? Math.min((scrollY - from(number)) / length, 1) : 0 };
  };

  const goTo = ({ number, share }) => {
    if (!parts[number]) return;
    const start = from(number);
    scrollTo({ top: start + share * (to(number) - start), behavior: "instant" });
  };

  document.querySelector(".book-languages")?.addEventListener("click", (event) => {
    const link = event.target.closest("a[hreflang]");
    if (!link) return;
    const here = place();
    link.hash = here ? here.id : "";
    try {
      sessionStorage.setItem(KEPT, JSON.stringify(here));
    } catch (error) {
      // Storage is off: the address leads to the part.
    }
  });

  // A browser goes to the address's part by itself until all is loaded; and what comes into sight is laid out only then,
  // which moves the place. So it is sought anew in some frames, unless the reader moves on.
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT));
    sessionStorage.removeItem(KEPT);
    if (kept && location.hash === `#${kept.id}`) {
      let frames = 12;
      const arrive = () => {
        if (frames-- <= 0) return;
        goTo(kept);
        requestAnimationFrame(arrive);
      };
      for (const moves of ["wheel", "touchstart", "keydown", "pointerdown"]) addEventListener(moves, () => (frames = 0), { once: true, passive: true });
      goTo(kept);
      addEventListener("load", () => requestAnimationFrame(arrive), { once: true });
    }
  } catch (error) {
    // Storage is off.
  }

  // A question names the part that is being read.
  for (const link of document.querySelectorAll(".book-unclear a")) {
    const asked = new URL(link.href);
    const body = asked.searchParams.get("body");
    link.addEventListener("click", () => {
      const part = place()?.id;
      asked.searchParams.set("body", part ? body.replace(".html", `.html#${part}`) : body);
      link.href = asked;
    });
  }
}
