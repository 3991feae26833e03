"""Her picture, drawn by a script: layers for the composer, the manifest that names them, and a sheet of her faces.

`python -m overlay.art` draws `data/avatars/alisa` again. Needs the extra `art` (skia-python); who runs Alisa does not.
"""
