"""Comparisons that survive tuning: every contender at its own learning rate, over several seeds, all runs kept.

plan        what an experiment compares: contenders, rates, seeds, metric, sizes
results     the runs of an experiment, one a line, in results/NAME.jsonl
summary     from runs to a table: the chosen rate, test scores, paired differences; notebooks/results/NAME.json
data        MNIST, CIFAR-10 and Reuters in three splits
training    restarts one network for many seeds and rates; needs TensorFlow, as all that follow
networks    normalization layers and cells that Keras lacks, and networks that several experiments share
The other modules are the experiments, one each, with the name of its results.
"""
