"""How the print file comes out, measured by programs that are not ours."""
