"""A forge that remembers: GitHub's API as far as Gongkai uses it, over a real bare repository."""
