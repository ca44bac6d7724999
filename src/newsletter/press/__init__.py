"""The press room: from rendered pages to the files that leave the house."""
