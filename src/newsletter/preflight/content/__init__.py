"""What stands on the pages: content streams, read as a press would, down to each mark.

`reading` walks a file and `interpreter` a stream; `tokens` takes it apart, `state` is what the
operators change, `spaces` and `inks` say what colours become, `marks` are what comes out.
"""
