"""Judging functions, one question a module; they see one subject, their parameters and the context, and nothing else."""
