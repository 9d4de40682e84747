"""E-books opened in Chromium: Ace by DAISY over whole books, and pages of every kind as readers see them.

The sampler, a book with one page of each kind, is made in each house style. Its pages are opened as on a
phone and on a tablet, at the usual size of type and at twice that, by day and by night; nothing may stick out
of the screen, every picture must show, and axe-core must find nothing. The pictures of all of them lie in
`dist/screens` for people to look at; a sheet of small ones for each style is kept beside this file and held
against the new one.
"""
