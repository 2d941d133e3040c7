"""Versioned exams with keys that agree with them, from problems that carry their own proofs."""
