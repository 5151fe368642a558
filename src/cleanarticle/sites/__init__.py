"""Many pages of one site: what stands on several of them is no part of their articles.

Menus, sign-ups and teasers repeat from page to page, an article does not. Pages are read a window
at a time; what repeats within it weakens the score of a block, and never removes one by itself.
"""

from cleanarticle.sites.many import SiteMode, extract_many
from cleanarticle.sites.page import Page

__all__ = ["Page", "SiteMode", "extract_many"]
