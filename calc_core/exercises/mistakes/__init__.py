"""What is said about mistakes, subject by subject."""
