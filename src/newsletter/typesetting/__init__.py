"""Typesetting: Chinese lines as CLREQ wants them.

`seam` alone knows WeasyPrint's private names; all else is arithmetic on characters, advances
and widths: what a character is (`characters`), where a line may end (`prohibition`), what
stands between two characters (`spacing`), which breaks a paragraph takes (`fitting`), how a
line is filled (`justification`), and what is wrong with the lines that were set (`inspection`).
"""
