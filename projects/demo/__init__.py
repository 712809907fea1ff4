"""A demonstration site: five real cases and invented projects, so that every state can be seen.

Written through `projects.actions`, dated relative to the day it is made. Nothing is random.
"""
