"""What an earlier run has left: the records of builds, and results that cost time to make.

`request`, `unchanged` and what they import decide whether a build need happen at all, before
anything heavy is imported: they use `os` and what Python has loaded by itself. `register` has
`libraries` and `writing` note a build. `store` keeps results by what they were made from.
"""
