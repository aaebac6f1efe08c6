"""Posts as they are read."""

from dashboard.words.text import say
from data_access.questions.posts import Post


def post_in_words(post: Post, office: str, language: str) -> str:
    """The post, and whoever holds it where that may be said; not the post again where the office is called like it."""
    held = say("vacant", language) if post.vacant else post.officer
    if held is None:
        return post.designation
    if office.startswith(post.designation):
        return say("Post: {held}", language, held=held)
    return say("{post}: {held}", language, post=post.designation, held=held)
