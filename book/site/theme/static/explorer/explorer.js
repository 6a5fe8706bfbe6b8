// The norm explorer on a page: what its controls choose, `norms.js` works out, and the squares and the formula show.
for (const form of document.querySelectorAll(".norm-explorer")) explore(form);

function explore(form) {
  const CHANNELS = 4, PIXELS = 4;
  const tensor = form.querySelector(".tensor");
  const cells = [...form.querySelectorAll("[role=gridcell]")];
  const samples = [...form.querySelectorAll("[role=rowgroup]")];
  const said = form.querySelector("output.visually-hidden");
  const chosen = (name) => form.elements[name].value;
  let state, timer;

  // Numbers such that samples and channels differ, the same at every visit.
  const numbers = (shifts, seed) => cells.map((_, i) => {
    const noise = Math.sin((i + seed) * 12.9898) * 43758.5453;
    const value = shifts[Math.floor(i / 16)] + shifts[3 - (Math.floor(i / 4) % 4)] / 2 + 2 * (noise - Math.floor(noise)) - 1;
    return Math.round(value * 10) / 10;
  });
  const fresh = () => ({
    at: 5,
    x: numbers([0.4, -1.2, 1.9, 0.8], 1),
    v: numbers([0.3, -0.5, 1, -1.4], 7),
    trained: {}, // γ and β by norm; of weight norm g
    moving: { mean: Array(CHANNELS).fill(0), variance: Array(CHANNELS).fill(1) },
    steps: 0,
  });

  // What is chosen at present. Layer norm over each pixel has γ and β by channel, as the other norms have.
  const settings = () => {
    const kind = chosen("norm");
    const weights = kind === "weight";
    const norm = kind === "layer" ? chosen("over") : kind;
    const owner = norm === "layer" || weights ? norm : "other";
    const trained = state.trained[owner] ??= { gamma: Array(16).fill(weights ? 1.5 : 1), beta: Array(16).fill(0) };
    const shape = { channels: CHANNELS, pixels: PIXELS, groups: Number(chosen("groups")) };
    const size = weights ? 4 : Number(chosen("size"));
    const all = weights ? state.v : state.x;
    const moving = norm === "batch" && chosen("phase") === "inference" ? state.moving : undefined;
    return { norm, weights, trained, shape, size, all, moving, values: all.slice(0, size * CHANNELS * PIXELS) };
  };

  const digits = (number, places) => (Number.isFinite(number) ? number.toFixed(places).replace(/^-(0\.?0*)$/, "$1").replace("-", "−") : "NaN");
  const inBrackets = (text) => (text.startsWith("−") ? `(${text})` : text);
  const put = (name, text) => {
    for (const each of form.querySelectorAll(`[data-n="${name}"]`)) each.textContent = text;
  };
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

  // Show everything; `aloud` after a reader's doing, when a screen reader is told the outcome, once they pause.
  const show = (aloud) => {
    const { norm, weights, trained, shape, size, all, moving, values } = settings();
    const epsilon = Number(chosen("epsilon"));
    const made = normalize(norm, values, shape, { ...trained, epsilon, moving });
    state.at %= values.length;
    const { at } = state, one = made[at], own = trainedOf(norm, at, shape), [n, c, p] = placeOf(at, shape);
    form.dataset.norm = chosen("norm");
    const note = moving ? "inference" : norm;
    for (const each of form.querySelectorAll("[data-note]")) each.classList.toggle("shown", each.dataset.note === note);
    samples.forEach((each, i) => each.classList.toggle("left-out", i >= size));
    const after = chosen("shown") === "after";
    const shared = new Set(one.members);
    cells.forEach((cell, i) => {
      cell.textContent = i < values.length ? digits(after ? made[i].y : all[i], 1) : "";
      cell.classList.toggle("shared", shared.has(i));
      cell.tabIndex = i === at ? 0 : -1;
      cell.setAttribute("aria-selected", i === at);
    });
    tensor.classList.toggle("by-moving", Boolean(moving));

    const index = norm === "layer" ? `${c + 1},${p + 1}` : `${c + 1}`;
    const words = weights ? "OfWeight" : "";
    const place = fill(said.dataset[`place${words}`], { n: n + 1, c: c + 1, p: p + 1 });
    const names = weights
      ? { v: all[at], length: one.length, w: one.y, g: trained.gamma[own] }
      : { x: all[at], mean: one.mean, variance: one.variance, deviation: one.deviation, y: one.y, gamma: trained.gamma[own], beta: trained.beta[own] };
    const shownAs = Object.fromEntries(Object.entries(names).map(([name, number]) => [name, digits(number, 2)]));
    for (const [name, text] of Object.entries(shownAs)) put(name, text);
    for (const name of ["mean", "beta"]) if (!weights) form.querySelector(`mn[data-n=${name}]`).textContent = inBrackets(shownAs[name]);
    put("place", place);
    put("count", one.members.length);
    put("gamma-of", index);
    put("beta-of", index);
    put("g-of", n + 1);
    put("epsilon", chosen("epsilon"));
    put("size", size);
    put("moving-mean", digits(state.moving.mean[c], 2));
    put("moving-variance", digits(state.moving.variance[c], 2));
    put("steps", state.steps);
    for (const name of ["x", "v", "gamma", "g", "beta"]) if (name in names) form.elements[name].value = names[name];

    clearTimeout(timer);
    if (!aloud) return;
    const sentence = fill(said.dataset[`said${words}`], { place, count: one.members.length, ...shownAs });
    timer = setTimeout(() => { said.textContent = sentence; }, 200);
  };

  form.addEventListener("input", ({ target }) => {
    const { norm, all, trained, shape } = settings();
    const number = Number(target.value), own = trainedOf(norm, state.at, shape);
    if (target.name === "x" || target.name === "v") all[state.at] = number;
    if (target.name === "gamma" || target.name === "g") trained.gamma[own] = number;
    if (target.name === "beta") trained.beta[own] = number;
    show(true);
  });
  form.addEventListener("click", ({ target }) => {
    const at = cells.indexOf(target);
    if (target.type === "button") {
      const { shape, values } = settings();
      for (let i = 0; i < Number(target.value); i++) state.moving = step(values, shape, state.moving, Number(chosen("momentum")));
      state.steps += Number(target.value);
    } else if (at >= 0 && target.textContent) {
      state.at = at;
      target.focus();
    } else {
      return;
    }
    show(true);
  });
  // The squares as they lie: side by side on a wide screen, two by two on a narrow one.
  const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  tensor.addEventListener("keydown", (event) => {
    const move = MOVES[event.key];
    if (!move || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const across = getComputedStyle(tensor).gridTemplateColumns.split(" ").length;
    const [n, c, p] = placeOf(state.at, { channels: CHANNELS, pixels: PIXELS });
    const row = Math.floor(n / across) * CHANNELS + c + move[0], column = (n % across) * PIXELS + p + move[1];
    if (row < 0 || column < 0 || column >= across * PIXELS) return;
    const sample = Math.floor(row / CHANNELS) * across + Math.floor(column / PIXELS);
    const at = (sample * CHANNELS + (row % CHANNELS)) * PIXELS + (column % PIXELS);
    if (!cells[at]?.textContent) return;
    state.at = at;
    show(true);
    cells[at].focus();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => {
    state = fresh();
    setTimeout(() => show(true)); // once the controls are as they were
  });

  state = fresh();
  show(false);
  form.classList.add("ready");
}
