"""The live preview: pages in the browser while an editor writes, and where they are judged.

In: a publication's folder and an issue. Out: a web application on this machine alone. A process
of its own lays the issue out (`proofroom`), `desk` keeps the last good pages, `watch` tells of
files that were saved, `app` answers the browser, `security` asks who wants to know.
"""
