"""Trains the judge of words from phrases written for it.

`phrases/{en,ja}/*.txt` hold one phrase a line under a heading of its labels; `{a|b}` are alternatives and
`<name>` draws on `_lists.txt`. `labelled/{tune,test}.tsv` were written and split before anything was trained,
and are never trained on. `python -m tools.moderation.train` writes `src/egaku/moderation/data/heads.npz`, and
`python -m bench.moderation` measures it. They hold offensive words, plainly, so that a filter can learn them.
"""
