"""Posts as they are read."""

from dashboard.words.text import say
from data_access.questions.posts import Post


def post_in_words(post: Post, language: str) -> str:
    """The post, and whoever holds it where that may be said."""
    if post.vacant:
        return say("{post}, vacant", language, post=post.designation)
    if post.officer is None:
        return post.designation
    return say("{post}, {officer}", language, post=post.designation, officer=post.officer)
