"""Matrix expressions: their language, their laws, and their derivatives."""
