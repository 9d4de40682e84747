"""What blogs hand to their authors: their posts in one file or archive, with dates and addresses.

Each reader gives posts (`posts.Post`); `posts.draft` makes a draft of them, a heading for each title with
what is evidence for the order.
"""
