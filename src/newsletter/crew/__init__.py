"""Many issues at once: by processes of this machine, or by the workers of a cluster.

`task` is what is asked and what comes of it; `pool` has it done here, by processes that `warm` has
import everything once; `cluster` elsewhere, by what `parcel` sends there.
"""
