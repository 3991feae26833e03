"""A program with a window that prints where it is clicked: what lies below her in the tests."""

import tkinter as tk

root = tk.Tk()
root.title("Below")
root.overrideredirect(True)
root.geometry("600x500+100+100")
root.configure(bg="#f0c040")
root.bind("<Button-1>", lambda event: print("click", event.x_root, event.y_root, flush=True))
root.mainloop()
