// Only in pages that `book serve` shows: reloads the page when it has changed, and says what is wrong.
(() => {
  const { events, version } = document.currentScript.dataset;
  let banner = null;
  const say = (problem) => {
    if (banner) banner.remove();
    banner = null;
    if (!problem) return;
    banner = document.createElement("pre");
    Object.assign(banner, { id: "preview-problem", role: "alert", lang: "en", dir: "ltr", textContent: problem });
    banner.style.cssText =
      "position: fixed; inset: auto 0 0; z-index: 9999; margin: 0; padding: 1em; max-height: 50vh; overflow: auto;" +
      "white-space: pre-wrap; background: #8b0000; color: #fff; font: 1rem/1.5 monospace";
    document.body.append(banner);
  };
  // What is read stays in its place, also where something has come above it: the first text on the screen that is still
  // there stands where it stood.
  const PLACE = "preview-place";
  const texts = () => [...document.querySelectorAll("article :is(h1, h2, h3, p, li, td, pre)")];
  const keepPlace = () => {
    if (sessionStorage.getItem(PLACE)) return; // not found again yet: the page changes once more while it loads
    const seen = texts().map((each) => [each.textContent, each.getBoundingClientRect().top]);
    const onScreen = seen.filter(([, top]) => top >= 0 && top < innerHeight).slice(0, 30);
    sessionStorage.setItem(PLACE, JSON.stringify({ path: location.pathname, onScreen, scroll: scrollY }));
    history.scrollRestoration = "manual";
  };
  const findPlace = () => {
    const { path, onScreen, scroll } = JSON.parse(sessionStorage.getItem(PLACE) ?? "{}");
    sessionStorage.removeItem(PLACE);
    history.scrollRestoration = "auto";
    if (path !== location.pathname) return;
    scrollTo({ top: scroll, behavior: "instant" });
    const now = texts();
    for (const [text, top] of onScreen) {
      const there = now.find((each) => each.textContent === text);
      if (there) return scrollBy({ top: there.getBoundingClientRect().top - top, behavior: "instant" });
    }
  };
  addEventListener("load", findPlace);
  // The browser connects again by itself, also after `book serve` was started anew.
  new EventSource(events).onmessage = (message) => {
    const state = JSON.parse(message.data);
    say(state.problem);
    if (state.problem || state.version === version) return;
    keepPlace();
    location.reload();
  };
})();
