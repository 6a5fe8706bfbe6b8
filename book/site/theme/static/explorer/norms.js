// The numbers of the norm explorer, without the page: what Keras's layers and weight norm make of a tensor of shape
// (samples, channels, pixels), or of weights of shape (filters, input channels, pixels), given as one flat array.

// The values with the same key share their statistics; `of` is the place of a value as (sample, channel, pixel).
const SHARED = {
  batch: ([, c]) => `${c}`,
  layer: ([n]) => `${n}`, // LayerNormalization(axis=[1, 2, 3]), as in the paper
  pixel: ([n, , p]) => `${n} ${p}`, // LayerNormalization(), as Keras does by default
  instance: ([n, c]) => `${n} ${c}`,
  group: ([n, c], { channels, groups }) => `${n} ${Math.floor((c * groups) / channels)}`,
  weight: ([n]) => `${n}`,
};
// Which of the trained γ and β (of weight norm: g) belongs to a value, as Keras's layers have them.
const TRAINED = {
  layer: ([, c, p], { pixels }) => c * pixels + p,
  weight: ([n]) => n,
  other: ([, c]) => c,
};

function placeOf(index, { channels, pixels }) {
  return [Math.floor(index / (channels * pixels)), Math.floor(index / pixels) % channels, index % pixels];
}

function trainedOf(norm, index, shape) {
  return (TRAINED[norm] ?? TRAINED.other)(placeOf(index, shape), shape);
}

// Mean and variance (÷ n) of numbers.
function statistics(numbers) {
  const mean = numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
  return { mean, variance: numbers.reduce((sum, each) => sum + (each - mean) ** 2, 0) / numbers.length };
}

// What becomes of each value of `x`: `mean`, `variance`, `deviation` and `y`, and in `members` the indices of those that
// share them; of weights `length` and `y`. `moving`, if given, are batch norm's moving mean and variance by channel,
// which are then taken in the place of the batch's.
function normalize(norm, x, shape, { gamma, beta, epsilon, moving }) {
  const sets = new Map();
  x.forEach((_, index) => {
    const key = SHARED[norm](placeOf(index, shape), shape);
    if (!sets.has(key)) sets.set(key, []);
    sets.get(key).push(index);
  });
  const made = [];
  for (const members of sets.values()) {
    const numbers = members.map((index) => x[index]);
    if (norm === "weight") {
      const length = Math.hypot(...numbers);
      for (const index of members) {
        made[index] = { members, length, y: (gamma[trainedOf(norm, index, shape)] * x[index]) / length };
      }
      continue;
    }
    const [, channel] = placeOf(members[0], shape);
    const { mean, variance } = norm === "batch" && moving
      ? { mean: moving.mean[channel], variance: moving.variance[channel] }
      : statistics(numbers);
    const deviation = Math.sqrt(variance + epsilon);
    for (const index of members) {
      const trained = trainedOf(norm, index, shape);
      const y = (gamma[trained] * (x[index] - mean)) / deviation + beta[trained];
      made[index] = { members, mean, variance, deviation, y };
    }
  }
  return made;
}

// The moving averages after one more step of training with the batch `x`, as BatchNormalization of Keras 3 keeps them.
function step(x, shape, moving, momentum) {
  const next = { mean: [], variance: [] };
  for (let channel = 0; channel < shape.channels; channel++) {
    const now = statistics(x.filter((_, index) => placeOf(index, shape)[1] === channel));
    for (const key of ["mean", "variance"]) next[key][channel] = momentum * moving[key][channel] + (1 - momentum) * now[key];
  }
  return next;
}
