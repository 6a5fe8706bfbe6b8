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
  // The browser connects again by itself, also after `book serve` was started anew.
  new EventSource(events).onmessage = (message) => {
    const state = JSON.parse(message.data);
    say(state.problem);
    if (!state.problem && state.version !== version) location.reload(); // browsers keep the place
  };
})();
