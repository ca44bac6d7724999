"""What press and preflight both know of a PDF: its objects, and the functions among them."""
