"""Service agreements: the model text, the home's own templates, and the paper."""
