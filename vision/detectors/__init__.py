"""What finds faces in a picture, chosen by name."""
