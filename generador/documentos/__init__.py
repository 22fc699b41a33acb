"""Los tipos de documento: modelo, cruces y contexto de cada uno."""
