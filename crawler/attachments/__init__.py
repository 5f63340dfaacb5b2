"""Attachments (附件): what they are, what they claim to be, and their text, read in a process with limits.

Nothing is imported here: that process would hold whatever it was.
"""
